import { RsadError } from "../errors.ts";

/** A failure of scoring an image, which knows it as "the image" alone, with the image's name; any other failure as it is. */
export function nameImage(error: unknown, name: string): unknown {
  if (!(error instanceof RsadError) || error.code !== "RSAD_IMAGE_INVALID" || error.subject !== "the image") {
    return error;
  }
  const { code, expected, received, hint } = error;
  return new RsadError(code, { subject: name, expected, received, hint, cause: error });
}
