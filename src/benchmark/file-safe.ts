import { createHash } from "node:crypto";

/** What Windows takes for a device, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** A name as a file's or folder's on every platform; what had to be changed is told apart by a hash of the name. */
export function fileSafe(name: string): string {
  const safe = name
    .replaceAll(/[^\p{L}\p{N}._-]/gu, "_")
    .replace(/^\.|\.$/g, "_")
    .replace(DEVICE, "_$1");
  if (safe === name && name !== "") return name;
  return `${safe}-${createHash("sha256").update(name).digest("hex").slice(0, 8)}`;
}
