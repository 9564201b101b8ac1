import type { Metadata } from "sharp";
import { RsadError } from "../errors.ts";
import { MAX_PIXELS, MAX_SIDE_RATIO } from "../pixels/index.ts";
import { decodeBmp } from "./decode-bmp.ts";
import { imageError, undecodable } from "./image-error.ts";
import { type ImageSource, nameOf } from "./image-source.ts";
import type { Pixels } from "./pixels.ts";
import { readImageBytes } from "./read-image-bytes.ts";
import { loadSharp } from "./sharp.ts";

const FORMATS: readonly string[] = ["png", "jpeg", "tiff", "webp"];

/**
 * Decodes an image file to its own depth, turned as its EXIF orientation says. The format is told from the content, not from
 * the name. Colour profiles are ignored: the numbers are the sensor's, as other vision tools see them. CMYK becomes RGB.
 * Of several pages the first is read.
 *
 * Throws RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED, RSAD_IMAGE_INVALID.
 */
export async function decodePixels(source: ImageSource): Promise<Pixels> {
  const bytes = await readImageBytes(source);
  try {
    if (bytes[0] === 0x42 && bytes[1] === 0x4d) return decodeBmp(bytes);
    return await decodeWithSharp(source, bytes);
  } catch (cause) {
    if (cause instanceof RsadError) throw cause;
    throw undecodable(source, cause);
  }
}

async function decodeWithSharp(source: ImageSource, bytes: Uint8Array): Promise<Pixels> {
  const sharp = await loadSharp();
  const options = { failOn: "warning", limitInputPixels: false, ignoreIcc: true } as const;
  const metadata = await sharp(bytes, options).metadata();
  check(source, metadata);
  const deep = metadata.depth === "ushort";
  const { data, info } = await sharp(bytes, options)
    .autoOrient()
    .removeAlpha()
    .toColourspace(colourSpace(metadata, deep))
    .raw({ depth: deep ? "ushort" : "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels !== 1 && channels !== 3) {
    throw imageError(source, { expected: "a grey or colour image", received: `${channels} channels` });
  }
  return { width, height, channels, data: deep ? uint16(data) : uint8(data) };
}

/** The same bytes without a Buffer's own `slice`, which copies nothing. */
function uint8(bytes: Buffer): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

function uint16(bytes: Buffer): Uint16Array {
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer);
  return new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.length / 2);
}

/** The space that keeps the file's values as they are: sharp maps a 16-bit image to 8 bits unless told otherwise. */
function colourSpace({ channels }: Metadata, deep: boolean): string {
  const grey = (channels ?? 3) <= 2;
  if (deep) return grey ? "grey16" : "rgb16";
  return grey ? "b-w" : "srgb";
}

function check(source: ImageSource, { format, width = 0, height = 0, depth }: Metadata): void {
  if (!FORMATS.includes(format ?? "")) {
    throw imageError(source, {
      expected: "a PNG, JPEG, BMP, TIFF or WebP image",
      received: `${format ?? "unknown"} content`,
      hint: `Save ${nameOf(source)} as PNG; of an animation, the picture that counts.`,
    });
  }
  if (width * height > MAX_PIXELS) {
    throw imageError(source, {
      expected: `at most ${MAX_PIXELS / 1e6} million pixels`,
      received: `${width} x ${height} pixels`,
      hint: `Scale ${nameOf(source)} down or cut it into tiles.`,
    });
  }
  if (Math.max(width, height) > MAX_SIDE_RATIO * Math.min(width, height)) {
    throw imageError(source, {
      expected: `sides of which none is more than ${MAX_SIDE_RATIO} times as long as the other`,
      received: `${width} x ${height} pixels`,
      hint: `Cut ${nameOf(source)} into shorter pieces.`,
    });
  }
  if (depth !== "uchar" && depth !== "ushort") {
    throw imageError(source, {
      expected: "samples of 8 or 16 bits",
      received: `samples of type ${depth}`,
      hint: `Save ${nameOf(source)} with 8 or 16 bits per channel.`,
    });
  }
}
