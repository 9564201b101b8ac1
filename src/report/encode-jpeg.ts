import type { Image } from "../images/index.ts";

/** A JPEG for a report's thumbnails, an eighth of a PNG's size. */
export async function encodeJpeg({ width, height, data }: Image): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 85, chromaSubsampling: "4:4:4" })
    .toBuffer();
}
