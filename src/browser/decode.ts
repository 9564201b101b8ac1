import { RsadError } from "../errors.ts";
import { type Image, MAX_PIXELS, MAX_SIDE_RATIO } from "../pixels/index.ts";
import { checkCanvas } from "./check-canvas.ts";
import { withoutAlpha } from "./rgb.ts";

/** What a picture can be taken from: a file, or what the browser has decoded or shows already, such as a camera's video. */
export type Picture =
  | Blob
  | ImageBitmap
  | HTMLImageElement
  | HTMLVideoElement
  | HTMLCanvasElement
  | OffscreenCanvas;

/**
 * Decodes a picture to 8-bit RGB by the browser's own decoder, oriented as its EXIF data says, colour profiles ignored where the
 * browser allows that. What it reads of a file may differ from what rsad reads in Node: see
 * docs/browser.md.
 *
 * Throws RSAD_IMAGE_INVALID (damaged, not an image, too large; or the browser gives pages noise instead of pixels).
 */
export async function decode(picture: Picture, name = "the picture"): Promise<Image> {
  const bitmap = await createImageBitmap(picture, {
    imageOrientation: "from-image",
    premultiplyAlpha: "none",
    colorSpaceConversion: "none",
  }).catch((cause) => {
    throw invalid(name, "a picture that the browser can decode", String(cause), cause);
  });
  try {
    return readPixels(bitmap, name);
  } finally {
    bitmap.close();
  }
}

function readPixels(bitmap: ImageBitmap, name: string): Image {
  const { width, height } = bitmap;
  const size = `${width} x ${height} pixels`;
  if (width * height > MAX_PIXELS) throw invalid(name, `at most ${MAX_PIXELS / 1e6} million pixels`, size);
  if (Math.max(width, height) > MAX_SIDE_RATIO * Math.min(width, height)) {
    throw invalid(
      name,
      `sides of which none is more than ${MAX_SIDE_RATIO} times as long as the other`,
      size,
    );
  }
  checkCanvas(name);
  // Null, or an error, where the browser has no room for so large a canvas.
  try {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d", { willReadFrequently: true })!;
    context.drawImage(bitmap, 0, 0);
    return { width, height, data: withoutAlpha(context.getImageData(0, 0, width, height).data) };
  } catch (cause) {
    throw invalid(name, "a size that this browser can hold", size, cause);
  }
}

function invalid(subject: string, expected: string, received: string, cause?: unknown): RsadError {
  const hint = "Take a PNG, JPEG or WebP picture, smaller if this one is large.";
  return new RsadError("RSAD_IMAGE_INVALID", { subject, expected, received, hint, cause });
}
