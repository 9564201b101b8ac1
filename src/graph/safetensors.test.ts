import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeTensors, encodeTensors, type Tensor } from "./index.ts";

const ARRAYS = {
  float32: Float32Array,
  float16: Uint16Array,
  uint8: Uint8Array,
  int32: Int32Array,
  bool: Uint8Array,
} as const;

const tensor: fc.Arbitrary<Tensor> = fc
  .tuple(
    fc.constantFrom(...(Object.keys(ARRAYS) as (keyof typeof ARRAYS)[])),
    fc.array(fc.nat(3), { maxLength: 3 }),
    fc.integer(),
  )
  .map(([dtype, dims, start]) => {
    const count = dims.reduce((product, dim) => product * dim, 1);
    return { dtype, dims, data: new ARRAYS[dtype](Array.from({ length: count }, (_, i) => start + i)) };
  });
const text = fc.dictionary(
  fc.string().filter((key) => key !== "__proto__"),
  fc.string(),
);
const name = fc.string().filter((key) => key !== "__proto__" && key !== "__metadata__");

test("tensors and metadata come back as they were", () => {
  fc.assert(
    fc.property(fc.dictionary(name, tensor), text, (tensors, metadata) => {
      const decoded = decodeTensors(encodeTensors({ tensors, metadata }), "file");
      expect({ ...decoded.tensors }).toEqual({ ...tensors });
      expect({ ...decoded.metadata }).toEqual({ ...metadata });
    }),
  );
});

test("int64 keeps all its bits, and tensors own their memory", () => {
  const big: Tensor = { dtype: "int64", dims: [2], data: BigInt64Array.of(2n ** 62n + 1n, -1n) };
  const bytes = encodeTensors({ tensors: { big }, metadata: {} });
  const decoded = decodeTensors(bytes, "file").tensors.big!;
  bytes.fill(0);
  expect(decoded).toEqual(big);
});

test("data start at a multiple of eight bytes", () => {
  for (const length of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const bytes = encodeTensors({ tensors: {}, metadata: { key: "x".repeat(length) } });
    expect(bytes.length % 8).toBe(0);
  }
});

function withHeader(header: string, data = 0): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const whole = encodeTensors({
  tensors: { x: { dtype: "float32", dims: [4], data: new Float32Array(4) } },
  metadata: { a: "b" },
});

const byte = '{"dtype":"U8","shape":[1],"data_offsets":[0,1]}';

test.each([
  ["nothing", new Uint8Array()],
  ["a length beyond the end", Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 1)],
  ["a header that is not JSON", withHeader("{")],
  ["a header that is null", withHeader("null")],
  ["a header that is a list", withHeader("[]")],
  ["a tensor that is null", withHeader('{"x":null}')],
  ["an unknown type", withHeader('{"x":{"dtype":"F8","shape":[1],"data_offsets":[0,1]}}', 1)],
  ["a negative shape", withHeader('{"x":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}', 1)],
  ["a shape of another size", withHeader('{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,4]}}', 4)],
  ["a tensor twice", withHeader(`{"x":${byte},"x":${byte}}`, 1)],
  [
    "an entry with a field twice",
    withHeader('{"x":{"dtype":"U8","shape":[1],"shape":[1],"data_offsets":[0,1]}}', 1),
  ],
  [
    "a shape that overflows",
    withHeader(`{"x":{"dtype":"U8","shape":[${2 ** 40},${2 ** 40},0],"data_offsets":[0,0]}}`),
  ],
  [
    "a type that every object has",
    withHeader('{"x":{"dtype":"toString","shape":[],"data_offsets":[0,1]}}', 1),
  ],
  ["metadata that are no text", withHeader('{"__metadata__":{"a":1}}')],
  ["text that is not UTF-8", withHeader('{"\udc80":1}').fill(0xff, 10, 11)],
  ["a file cut short", whole.subarray(0, whole.length - 1)],
])("refuses %s", (_name, bytes) => {
  expect(() => decodeTensors(bytes, "state.safetensors")).toThrow(
    expect.objectContaining({ code: "RSAD_CHECKPOINT_MISMATCH", subject: "state.safetensors" }),
  );
});

test("a Node Buffer, as files are read, is copied like any other bytes", () => {
  const first: Tensor = { dtype: "float32", dims: [2], data: Float32Array.of(1, 2) };
  const second: Tensor = { dtype: "float32", dims: [1], data: Float32Array.of(3) };
  const bytes = Buffer.from(encodeTensors({ tensors: { first, second }, metadata: {} }));
  const { tensors } = decodeTensors(bytes, "file");
  bytes.fill(0);
  expect({ ...tensors }).toEqual({ first, second });
});
