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

/** The format by the content, never by the name. Throws RSAD_BACKBONE_INVALID that says what the file seems to be. */
export function formatOf(bytes: Buffer, refuse: Refuse): Format {
  const startsFrom = (at: number, text: string) => bytes.toString("latin1", at, at + text.length) === text;
  // The length of a header below 4 GiB, then JSON.
  if (startsFrom(4, "\0\0\0\0{")) return "safetensors";
  if (startsFrom(0, "PK\x03\x04") || startsFrom(0, "PK\x05\x06")) return "zip";
  const [first, second] = bytes;
  if (first === PICKLE && PICKLE_PROTOCOLS.includes(second!)) return "pickle";
  const other = OTHERS.find(([at, text]) => startsFrom(at, text));
  throw refuse("a file of weights", other?.[2] ?? guess(first), { hint: ACCEPTED });
}

function guess(first: number | undefined): string {
  if (first === undefined) return "an empty file";
  return first === ONNX_VERSION_FIELD ? "an ONNX model, which is a backbone of its own" : "something else";
}
