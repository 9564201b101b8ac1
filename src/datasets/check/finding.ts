import type { ErrorCode, RsadError } from "../../errors.ts";

/** What can be found about a data set that opens. */
export const FINDING_CODES = {
  CLASS_MISSING: "A class of a suite is missing.",
  CLASS_UNKNOWN: "A folder of a suite is none of its classes and is passed over.",
  COUNT_DIFFERS: "A class of a suite has more or fewer images than its publication says.",
  FILES_IGNORED: "Files beside the images are not read: of another format, or heatmaps.",
  IMAGE_16_BIT: "Images have 16 bits per channel; they are scaled to 8.",
  IMAGE_16_BIT_DARK: "16-bit images use only the lowest part of their range and become nearly black.",
  IMAGE_BLANK: "All pixels of an image are equal.",
  IMAGE_COLOUR_MIXED: "Some images are grey and others in colour.",
  IMAGE_DUPLICATE: "Images of the same split have the same pixels.",
  IMAGE_INVALID: "An image cannot be decoded.",
  IMAGE_IN_TRAIN_AND_TEST: "A test image has the same pixels as a training image.",
  IMAGE_SIZES: "The sizes and aspect ratios of the images.",
  IMAGE_SMALL: "Images are very small.",
  IMAGE_UNLISTED: "Images are not named in the file that splits a suite.",
  MASK_EMPTY: "A mask marks no defect.",
  MASK_FULL: "A mask marks the whole image.",
  MASK_INVALID: "A mask cannot be decoded.",
  MASK_MISSING: "Defective test images have no mask.",
  MASK_SIZE: "A mask is not as large as its image.",
  MASK_WITHOUT_IMAGE: "A mask belongs to no test image.",
  SPLIT_FILE_ABSENT: "The file that splits a suite names images or masks that are not there.",
  SPLIT_ROW_INVALID: "A row of the file that splits a suite cannot be used.",
  SUITE_OTHER: "A suite's folder looks like that of another suite.",
  TEST_ABSENT: "There is no test set.",
  TEST_ONE_SIDED: "The test set lacks good or defective images.",
  TRAIN_FEW: "There are few training images.",
} as const;

export interface Finding {
  readonly severity: "error" | "warning" | "info";
  /** One of {@link FINDING_CODES}, or the error's code where the data set cannot be opened. */
  readonly code: keyof typeof FINDING_CODES | ErrorCode;
  /** The file, by its name below the data set's folder, or the folder. */
  readonly subject: string;
  readonly message: string;
  readonly hint: string;
}

export function errorFinding({ code, subject, message, hint }: RsadError): Finding {
  return { severity: "error", code, subject, message, hint };
}

const SEVERITIES = ["error", "warning", "info"] as const;

export function worstFirst(findings: readonly Finding[]): Finding[] {
  return SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}
