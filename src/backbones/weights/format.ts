import { open } from "node:fs/promises";
import { ACCEPTED, type Refuse } from "./refuse.ts";

export type Format = "safetensors" | "zip" | "pickle";

/** Files that people take for weights, by how their bytes start from a place on. */
const OTHERS: readonly (readonly [at: number, start: string, seems: string])[] = [
  [0, "version https://git-lfs", "a pointer of Git LFS, which did not fetch the file itself"],
  [0, "<", "a web page"],
  [0, "{", "JSON"],
  [0, "\x1f\x8b", "a gzip archive"],
  [0, "\x89HDF", "an HDF5 file, as Keras writes"],
  [0, "\x93NUMPY", "a NumPy array"],
  [0, "GGUF", "a GGUF file"],
  [4, "TFL3", "a TFLite model"],
  [257, "ustar", "a tar archive, as PyTorch before 0.1.10 wrote"],
];
const PICKLE = 0x80;
const PICKLE_PROTOCOLS = [2, 3, 4, 5];
const ONNX_VERSION_FIELD = 0x08;

/** The format by the content, never by the name; undefined where it is none of them. */
function recognise(bytes: Buffer): Format | undefined {
  // The length of a header below 4 GiB, then JSON.
  if (startsFrom(bytes, 4, "\0\0\0\0{")) return "safetensors";
  if (startsFrom(bytes, 0, "PK\x03\x04") || startsFrom(bytes, 0, "PK\x05\x06")) return "zip";
  const [first, second] = bytes;
  return first === PICKLE && PICKLE_PROTOCOLS.includes(second!) ? "pickle" : undefined;
}

/** Throws RSAD_BACKBONE_INVALID that says what a file of no such format seems to be. */
export function formatOf(bytes: Buffer, refuse: Refuse): Format {
  const format = recognise(bytes);
  if (format !== undefined) return format;
  const other = OTHERS.find(([at, text]) => startsFrom(bytes, at, text));
  throw refuse("a file of weights", other?.[2] ?? guess(bytes[0]), { hint: ACCEPTED });
}

/** Whether a file starts as weights do; false for one that cannot be read. */
export async function startsLikeWeights(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
      return recognise(buffer.subarray(0, bytesRead)) !== undefined;
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}

function startsFrom(bytes: Buffer, at: number, text: string): boolean {
  return bytes.toString("latin1", at, at + text.length) === text;
}

function guess(first: number | undefined): string {
  if (first === undefined) return "an empty file";
  return first === ONNX_VERSION_FIELD ? "an ONNX model, which is a backbone of its own" : "something else";
}
