import { readFile, stat } from "node:fs/promises";
import { RsadError } from "../errors.ts";
import { fileError } from "../files.ts";

export interface ReadBackboneFileOptions {
  /** What the file should be, "an ONNX file". */
  readonly expected: string;
  /** In bytes; files of 2 GiB and more cannot be read in one piece. */
  readonly largest: number;
  /** Makes the RSAD_BACKBONE_INVALID for a file that is no regular one or too large. */
  readonly invalid: (file: string, expected: string, received: unknown) => RsadError;
}

/** Throws RSAD_BACKBONE_MISSING, RSAD_PERMISSION_DENIED, RSAD_BACKBONE_INVALID (no regular file, or too large). */
export async function readBackboneFile(
  file: string,
  { expected, largest, invalid }: ReadBackboneFileOptions,
): Promise<Buffer> {
  try {
    const entry = await stat(file);
    if (!entry.isFile()) throw invalid(file, "a file", "something else");
    if (entry.size > largest) throw invalid(file, `at most ${largest} bytes`, entry.size);
    return await readFile(file);
  } catch (cause) {
    const error = fileError(cause, file);
    if (!(error instanceof RsadError) || error.code !== "RSAD_FILE_MISSING") throw error;
    throw new RsadError("RSAD_BACKBONE_MISSING", {
      subject: "the backbone",
      expected,
      received: file,
      hint: "Check the path. Without a path, the embedded backbone is used.",
      cause,
    });
  }
}
