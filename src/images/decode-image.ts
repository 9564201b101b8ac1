import type { Image } from "../pixels/index.ts";
import { decodePixels } from "./decode-pixels.ts";
import type { ImageSource } from "./image-source.ts";
import type { Pixels } from "./pixels.ts";

/**
 * Decodes a PNG, JPEG, BMP, TIFF or WebP file, given as its path or its bytes, to 8-bit RGB, oriented as its EXIF data says.
 *
 * Grey is repeated over the three channels. 16-bit samples are scaled from 0..65535 to 0..255 and rounded. Alpha is
 * dropped, not blended: the colours below it count.
 *
 * Throws RSAD_IMAGE_INVALID (damaged, empty, not an image, above `MAX_PIXELS`, longer than
 * `MAX_SIDE_RATIO` allows), RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED, RSAD_ARGUMENT_INVALID for what is neither path nor bytes.
 */
export async function decodeImage(source: ImageSource): Promise<Image> {
  return toImage(await decodePixels(source));
}

function toImage({ width, height, channels, data }: Pixels): Image {
  const bytes = data instanceof Uint16Array ? toBytes(data) : data;
  return { width, height, data: channels === 3 ? bytes : repeat(bytes) };
}

function toBytes(deep: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(deep.length);
  for (let i = 0; i < deep.length; i++) bytes[i] = Math.round(deep[i]! / 257);
  return bytes;
}

function repeat(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * 3);
  for (let i = 0, at = 0; i < grey.length; i++) {
    const value = grey[i]!;
    rgb[at++] = value;
    rgb[at++] = value;
    rgb[at++] = value;
  }
  return rgb;
}
