import { type ErrorCode, RsadError } from "../errors.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Throws `code` unless `other` is as large as the image that it belongs to. */
export function checkSameSize(code: ErrorCode, subject: string, image: Size, other: Size): void {
  if (image.width === other.width && image.height === other.height) return;
  throw new RsadError(code, {
    subject,
    expected: `the image's size, ${image.width} x ${image.height} pixels`,
    received: `${other.width} x ${other.height} pixels`,
    hint: "Pair each image with its own mask or map, in the image's own pixels.",
  });
}
