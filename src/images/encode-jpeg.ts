import type { Image } from "../pixels/index.ts";
import { loadSharp } from "./sharp.ts";

/** A JPEG for thumbnails, an eighth of a PNG's size. */
export async function encodeJpeg({ width, height, data }: Image): Promise<Uint8Array> {
  const sharp = await loadSharp();
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 85, chromaSubsampling: "4:4:4" })
    .toBuffer();
}
