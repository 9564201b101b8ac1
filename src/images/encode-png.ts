import type { Image, Mask } from "./image.ts";
import { loadSharp } from "./sharp.ts";

/** A lossless 8-bit PNG: RGB. */
export async function encodePng({ width, height, data }: Image): Promise<Uint8Array> {
  const sharp = await loadSharp();
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
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
