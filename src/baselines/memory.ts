import { totalmem } from "node:os";
import { RsadError } from "../errors.ts";

/** Throws RSAD_MEMORY_LOW if this process can never have so many bytes; `subject` is what they are for. */
export function checkMemory(bytes: number, subject: string, hint: string): void {
  const limit = process.constrainedMemory();
  const there = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  if (bytes <= there) return;
  throw new RsadError("RSAD_MEMORY_LOW", {
    subject,
    expected: `${mebibytes(bytes)} of memory`,
    received: mebibytes(there),
    hint,
  });
}

export function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`;
}
