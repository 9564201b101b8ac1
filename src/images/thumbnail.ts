import type { Image } from "../pixels/index.ts";
import { loadSharp } from "./sharp.ts";

/** Scales an image down so that its longer side has at most `maxSide` pixels (Lanczos); a smaller one stays as it is. */
export async function thumbnail(image: Image, maxSide: number): Promise<Image> {
  const { width, height, data } = image;
  if (Math.max(width, height) <= maxSide) return image;
  const sharp = await loadSharp();
  const result = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: maxSide, height: maxSide, fit: "inside" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: result.info.width, height: result.info.height, data: result.data };
}
