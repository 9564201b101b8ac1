/** A tensor of a safetensors file: its type as the format names it, and where it lies, in bytes from the file's start. */
export interface TensorEntry {
  readonly type: string;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

export interface TensorHeader {
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

const ELEMENT_BYTES: Readonly<Record<string, number>> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  I64: 8,
  U64: 8,
  F64: 8,
  C64: 8,
};

/** PyTorch has no tensors of more. */
const MOST_DIMENSIONS = 64;

export interface TensorHeaderOptions {
  /** Makes the error that is thrown. */
  readonly damaged: (received: string, cause?: unknown) => Error;
  /** Bytes of the longest header that is parsed: its objects take many times their text. */
  readonly longest?: number;
}

/**
 * Reads and checks the header of a safetensors file (https://huggingface.co/docs/safetensors): an 8-byte little-endian
 * length, then JSON. Every range returned lies inside the file and is as long as shape and type say. Throws `damaged`.
 */
export function readTensorHeader(
  bytes: Uint8Array,
  { damaged, longest = Number.POSITIVE_INFINITY }: TensorHeaderOptions,
): TensorHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 8) throw damaged(`${bytes.byteLength} bytes`);
  const length = Number(view.getBigUint64(0, true));
  if (length > bytes.byteLength - 8)
    throw damaged(`a header of ${length} bytes in ${bytes.byteLength} bytes`);
  if (length > longest) throw damaged(`a header of ${length} bytes, more than ${longest}`);
  const header = parse(bytes.subarray(8, 8 + length), damaged);
  const { __metadata__: metadata = {}, ...entries } = header;
  if (!isObject(metadata) || !Object.values(metadata).every((value) => typeof value === "string")) {
    throw damaged("metadata that are no texts by name");
  }
  const start = 8 + length;
  const tensors = Object.entries(entries).map(([name, entry]) => {
    const read = readEntry(entry, start, bytes.byteLength);
    if (typeof read === "string") throw damaged(`${read} for tensor ${JSON.stringify(name.slice(0, 100))}`);
    return [name, read] as const;
  });
  return { tensors: new Map(tensors), metadata: metadata as Record<string, string> };
}

function parse(bytes: Uint8Array, damaged: TensorHeaderOptions["damaged"]): Record<string, unknown> {
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    header = JSON.parse(text);
  } catch (cause) {
    throw damaged("a header that is not JSON", cause);
  }
  if (!isObject(header)) throw damaged("a header that is no object");
  const keys = [header, ...Object.values(header).filter(isObject)].flatMap((object) => Object.keys(object));
  if (keys.length !== countKeys(text)) throw damaged("a header that says something twice");
  return header;
}

/** How many keys valid JSON has; JSON.parse itself keeps the last of equal ones. */
function countKeys(json: string): number {
  let keys = 0;
  for (const [, colon] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g)) if (colon !== undefined) keys++;
  return keys;
}

/** The entry, or what is wrong with it. */
function readEntry(entry: unknown, dataStart: number, fileEnd: number): TensorEntry | string {
  const { dtype, shape, data_offsets: offsets } = isObject(entry) ? entry : {};
  const size = typeof dtype === "string" && Object.hasOwn(ELEMENT_BYTES, dtype) && ELEMENT_BYTES[dtype];
  if (!size) return "no known element type";
  if (!areSizes(shape) || shape.length > MOST_DIMENSIONS) return "no shape";
  if (!areSizes(offsets) || offsets.length !== 2) return "no range";
  const [start, end] = offsets.map((offset) => dataStart + offset) as [number, number];
  if (end > fileEnd) return `a range that ends ${end - fileEnd} bytes behind the file`;
  const wanted = exactElementCount(shape) * size;
  if (end - start !== wanted)
    return `${end - start} bytes where ${dtype} [${shape.join(", ")}] takes ${wanted}`;
  return { type: dtype as string, shape, start, end };
}

/** The product of the sizes; NaN where it, or a product on the way to it, is too large to be exact. */
export function exactElementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => {
    const next = product * dim;
    return Number.isSafeInteger(next) ? next : Number.NaN;
  }, 1);
}

function areSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
