import { RsadError } from "../errors.ts";

/** Throws RSAD_BACKBONE_INVALID where a file has another content than it had when it was described. */
export function checkHash(file: string, expected: string | undefined, sha256: string): void {
  if (expected === undefined || expected === sha256) return;
  throw new RsadError("RSAD_BACKBONE_INVALID", {
    subject: file,
    expected: `the SHA-256 ${expected}`,
    received: sha256,
    hint: "The file is damaged or has been replaced. Pull or add the backbone again.",
  });
}
