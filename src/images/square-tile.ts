import type { Image } from "../pixels/index.ts";
import { loadSharp } from "./sharp.ts";

/** A PNG of `side` x `side` pixels with the whole image, white where that is not square. */
export async function squareTile({ width, height, data }: Image, side: number): Promise<Uint8Array> {
  const sharp = await loadSharp();
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: side, height: side, fit: "contain", background: "#ffffff" })
    .png()
    .toBuffer();
}
