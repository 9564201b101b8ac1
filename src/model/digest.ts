import { RsadError } from "../errors.ts";
import { onnx } from "../graph/index.ts";

/**
 * The property of a model file that holds the SHA-256 of all bytes before that property, in hexadecimal digits. It is
 * the file's end.
 */
export const DIGEST = "rsad.sha256";

const DIGITS = 64;
/** What an ONNX file is followed by when a property of that name and length is appended to it. */
const PREFIX = ending("0".repeat(DIGITS)).subarray(0, -DIGITS);

/** The bytes of a model file with their digest appended, by which {@link checkDigest} knows them. */
export async function withDigest(bytes: Uint8Array): Promise<Uint8Array> {
  const digest = await sha256(bytes);
  if (digest === undefined) return bytes;
  const end = ending(digest);
  const whole = new Uint8Array(bytes.length + end.length);
  whole.set(bytes);
  whole.set(end, bytes.length);
  return whole;
}

/**
 * Throws RSAD_MODEL_INVALID where the bytes of a model file are others than those that its digest was taken of. Files
 * without one pass, and all files where the platform computes no digest: browsers do on pages of https and localhost
 * alone.
 */
export async function checkDigest(bytes: Uint8Array, subject: string): Promise<void> {
  const end = bytes.length - DIGITS;
  const prefix = bytes.subarray(Math.max(0, end - PREFIX.length), Math.max(0, end));
  if (prefix.length < PREFIX.length || !prefix.every((byte, i) => byte === PREFIX[i])) return;
  const found = await sha256(bytes.subarray(0, end - PREFIX.length));
  const written = String.fromCharCode(...bytes.subarray(end));
  if (found === undefined || found === written) return;
  throw new RsadError("RSAD_MODEL_INVALID", {
    subject,
    expected: "the bytes that were written",
    received: "others: the file is damaged, or another program changed it",
    hint: `Copy it once more from where it was made, or train again. Of a file that was changed on purpose, take the property ${DIGEST} out.`,
  });
}

function ending(digest: string): Uint8Array {
  return onnx.ModelProto.encode({ metadataProps: [{ key: DIGEST, value: digest }] }).finish();
}

async function sha256(bytes: Uint8Array): Promise<string | undefined> {
  // Not there in a browser's insecure contexts.
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined) return undefined;
  const hash = await subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
