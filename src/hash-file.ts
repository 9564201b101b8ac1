import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { fileError } from "./files.ts";

/** SHA-256 of a file, in hexadecimal, read piece by piece. Throws RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED, and the signal's reason. */
export async function hashFile(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(file), hash, { signal });
  } catch (cause) {
    signal?.throwIfAborted();
    throw fileError(cause, file);
  }
  return hash.digest("hex");
}
