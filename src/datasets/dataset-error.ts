import { RsadError } from "../errors.ts";

export function invalidDataset(subject: string, expected: string, received: string, hint: string): RsadError {
  return new RsadError("RSAD_DATASET_INVALID", { subject, expected, received, hint });
}

/** RSAD_DATASET_EMPTY for `folder`. */
export function emptyDataset(folder: string): RsadError {
  return new RsadError("RSAD_DATASET_EMPTY", {
    subject: folder,
    expected: "images (PNG, JPEG, BMP, TIFF or WebP)",
    received: "none",
    hint: `Put photos of parts into ${folder}, or check the path.`,
  });
}
