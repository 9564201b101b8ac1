import { RsadError } from "../errors.ts";
import { type ImageSource, nameOf } from "./image-source.ts";

/** RSAD_IMAGE_INVALID for `source`. */
export function imageError(
  source: ImageSource,
  details: { expected?: string; received: unknown; hint?: string; cause?: unknown },
): RsadError {
  const { expected = "an image", received, hint = defaultHint(source), cause } = details;
  return new RsadError("RSAD_IMAGE_INVALID", { subject: nameOf(source), expected, received, hint, cause });
}

function defaultHint(source: ImageSource): string {
  return typeof source === "string"
    ? `Open ${source} in an image viewer; replace it or take it out of the folder.`
    : "Give the whole content of an image file, as it would be on a disk.";
}

/** RSAD_IMAGE_INVALID for a file that the codec gives up on. */
export function undecodable(source: ImageSource, cause: unknown): RsadError {
  const said = (cause instanceof Error ? cause.message : String(cause)).split("\n")[0]!;
  // What the codec says where it has nothing more to say.
  const reason = said.includes("failOn") ? "parts of it are damaged or missing" : said;
  return imageError(source, {
    expected: "an undamaged PNG, JPEG, BMP, TIFF or WebP image",
    received: `a file that cannot be decoded (${reason})`,
    cause,
  });
}
