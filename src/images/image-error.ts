import { RsadError } from "../errors.ts";

/** RSAD_IMAGE_INVALID for the file `path`. */
export function imageError(
  path: string,
  details: { expected?: string; received: unknown; hint?: string; cause?: unknown },
): RsadError {
  const { expected = "an image", received, cause } = details;
  const hint = details.hint ?? `Open ${path} in an image viewer; replace it or take it out of the folder.`;
  return new RsadError("RSAD_IMAGE_INVALID", { subject: path, expected, received, hint, cause });
}

/** RSAD_IMAGE_INVALID for a file that the codec gives up on. */
export function undecodable(path: string, cause: unknown): RsadError {
  const reason = (cause instanceof Error ? cause.message : String(cause)).split("\n")[0]!;
  return imageError(path, {
    expected: "an undamaged PNG, JPEG, BMP, TIFF or WebP image",
    received: `a file that cannot be decoded (${reason})`,
    cause,
  });
}
