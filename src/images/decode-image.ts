import { decodePixels } from "./decode-pixels.ts";
import type { Image } from "./image.ts";
import type { Pixels } from "./pixels.ts";

/**
 * Decodes a PNG, JPEG, BMP, TIFF or WebP file to 8-bit RGB, oriented as its EXIF data says.
 *
 * Grey is repeated over the three channels. 16-bit samples are scaled from 0..65535 to 0..255 and rounded. Alpha is
 * dropped, not blended: the colours below it count.
 *
 * Throws RSAD_IMAGE_INVALID (damaged, empty, not an image, above {@link MAX_PIXELS} pixels), RSAD_FILE_MISSING,
 * RSAD_PERMISSION_DENIED.
 */
export async function decodeImage(path: string): Promise<Image> {
  return toImage(await decodePixels(path));
}

function toImage({ width, height, channels, data }: Pixels): Image {
  if (channels === 3 && data instanceof Uint8Array) return { width, height, data };
  const rgb = new Uint8Array(width * height * 3);
  const deep = data instanceof Uint16Array;
  for (let i = 0; i < rgb.length; i++) {
    const sample = data[channels === 1 ? Math.floor(i / 3) : i]!;
    rgb[i] = deep ? Math.round(sample / 257) : sample;
  }
  return { width, height, data: rgb };
}
