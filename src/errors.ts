/**
 * The one error of the library. Every failure that a user can cause or mend is an `RsadError` with a stable code;
 * docs/errors.md mirrors this table and a test holds the two equal.
 */
export const ERROR_CODES = {
  RSAD_ACCURACY_LOST: "A smaller form of a model tells good from defective worse than was allowed.",
  RSAD_ARGUMENT_INVALID: "An option or argument has a value that is not accepted.",
  RSAD_BACKBONE_INVALID:
    "A backbone file cannot be used: damaged, of another format, or without the named outputs.",
  RSAD_BACKBONE_MISSING: "The backbone that was asked for is not there.",
  RSAD_CHECKPOINT_MISMATCH:
    "A saved training state belongs to other data, another recipe or another version.",
  RSAD_DATASET_EMPTY: "A folder holds no images that can be used.",
  RSAD_DATASET_INVALID: "A data set's folders or files do not fit together.",
  RSAD_DISK_FULL: "There is not enough room on the disk.",
  RSAD_DOWNLOAD_FAILED:
    "A file could not be downloaded: its host cannot be reached, or what it sends is another file.",
  RSAD_FILE_FAILED:
    "The system cannot read or write a file or folder; the message has the code that it gives.",
  RSAD_FILE_MISSING: "A file or folder does not exist.",
  RSAD_GRAPH_INVALID: "A graph was built from values whose shapes or types do not fit.",
  RSAD_IMAGE_INVALID: "An image cannot be decoded: damaged, empty, too large, or not an image.",
  RSAD_MASK_INVALID: "A mask does not fit its image, or cannot be read.",
  RSAD_MEMORY_LOW: "There is not enough memory.",
  RSAD_MODEL_INVALID: "A model file is damaged, is not an rsad model, or belongs to another version.",
  RSAD_PATHS_DISAGREE: "A model scores the same image otherwise in another of its forms or runtimes.",
  RSAD_PERMISSION_DENIED: "A file or folder may not be read or written.",
  RSAD_PROCESS_DIED: "A process of a benchmark ended without a result: it crashed, or the system killed it.",
  RSAD_RUNTIME_FAILED: "The inference runtime refused a graph or failed while running it.",
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface ErrorDetails {
  /** What the value belongs to, in the user's words: a parameter, a file, a folder. */
  readonly subject: string;
  readonly expected: string;
  readonly received: unknown;
  /** What the user can do about it. */
  readonly hint: string;
  readonly cause?: unknown;
}

export class RsadError extends Error {
  override readonly name = "RsadError";
  readonly code: ErrorCode;
  readonly subject: string;
  readonly expected: string;
  readonly received: unknown;
  readonly hint: string;

  constructor(code: ErrorCode, details: ErrorDetails) {
    const { subject, expected, received, hint, cause } = details;
    super(
      `Expected ${expected} for ${subject} but received ${show(received)}`,
      cause === undefined ? {} : { cause },
    );
    this.code = code;
    this.subject = subject;
    this.expected = expected;
    this.received = received;
    this.hint = hint;
  }
}

function show(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === undefined || value === null || typeof value !== "object") return String(value);
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${value.byteLength} bytes`;
  const text = toJson(value) ?? String(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** undefined for what JSON cannot hold: a cycle, a bigint inside. */
function toJson(value: object): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
