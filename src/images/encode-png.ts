import { checkFields } from "../fields.ts";
import type { Image, Mask } from "../pixels/index.ts";
import { loadSharp } from "./sharp.ts";

export interface PngOptions {
  /** zlib's, 0 to 9; 6 if left out. 1 takes less than half of its time for a file larger by a quarter. */
  readonly compressionLevel?: number;
}

/** A lossless 8-bit PNG: RGB. */
export async function encodePng(image: Image, options: PngOptions = {}): Promise<Uint8Array> {
  checkFields("encodePng", { image }, { image: "image" });
  checkFields("encodePng", options, { compressionLevel: "number?" });
  const { width, height, data } = image;
  const sharp = await loadSharp();
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png(options)
    .toBuffer();
}

/** A grey 8-bit PNG, 255 where the mask is set and 0 elsewhere. */
export async function encodeMaskPng({ width, height, data }: Mask): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const grey = data.map((value) => (value === 0 ? 0 : 255));
  return sharp(grey, { raw: { width, height, channels: 1 } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
}
