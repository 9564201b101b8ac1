import { RsadError } from "../errors.ts";
import type { Mask } from "../pixels/index.ts";
import { decodePixels } from "./decode-pixels.ts";
import type { ImageSource } from "./image-source.ts";

/**
 * Which values of a mask are defects. `half`: those that reach half of the format's range (128 of 255); in a mask whose
 * largest value is 1, as written by tools that store labels 0 and 1, the ones. `nonzero`: all but 0, for masks that number
 * the kinds of defects.
 */
export type MaskRule = "half" | "nonzero";

/**
 * Decodes a defect mask. A pixel is a defect where any of its channels is, by the rule. Throws as {@link decodeImage}, but RSAD_MASK_INVALID
 * in place of RSAD_IMAGE_INVALID.
 */
export async function decodeMask(source: ImageSource, rule: MaskRule = "half"): Promise<Mask> {
  const { width, height, channels, data } = await decodePixels(source).catch((error) =>
    Promise.reject(ofMask(error)),
  );
  const threshold =
    rule === "nonzero" || largest(data) === 1 ? 1 : data instanceof Uint16Array ? 0x8000 : 0x80;
  const mask = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) {
    if (data[i]! >= threshold) mask[channels === 1 ? i : Math.floor(i / 3)] = 1;
  }
  return { width, height, data: mask };
}

function ofMask(error: unknown): unknown {
  if (!(error instanceof RsadError) || error.code !== "RSAD_IMAGE_INVALID") return error;
  const { subject, expected, received, hint } = error;
  return new RsadError("RSAD_MASK_INVALID", { subject, expected, received, hint, cause: error.cause });
}

function largest(data: Uint8Array | Uint16Array): number {
  let most = 0;
  for (const value of data) if (value > most) most = value;
  return most;
}
