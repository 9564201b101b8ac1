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
