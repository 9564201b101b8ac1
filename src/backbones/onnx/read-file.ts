import { readFile, stat } from "node:fs/promises";
import { RsadError } from "../../errors.ts";
import { fileError } from "../../files.ts";
import { invalidFile } from "./invalid-file.ts";

/** A model that embeds the backbone has to stay below protobuf's 2 GiB. */
const LARGEST = 2 ** 30;

/** Throws RSAD_BACKBONE_MISSING, RSAD_PERMISSION_DENIED, RSAD_BACKBONE_INVALID (no regular file, or above 1 GiB). */
export async function readBackboneFile(file: string): Promise<Uint8Array> {
  try {
    const entry = await stat(file);
    if (!entry.isFile()) throw invalidFile(file, "a file", "something else");
    if (entry.size > LARGEST) throw invalidFile(file, `at most ${LARGEST} bytes`, entry.size);
    return await readFile(file);
  } catch (cause) {
    const error = fileError(cause, file);
    if (error.code !== "RSAD_FILE_MISSING") throw error;
    throw new RsadError("RSAD_BACKBONE_MISSING", {
      subject: "the backbone",
      expected: "an ONNX file",
      received: file,
      hint: "Check the path. Without a path, the embedded backbone is used.",
      cause,
    });
  }
}
