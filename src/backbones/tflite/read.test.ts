import fc from "fast-check";
import { Builder, ByteBuffer } from "flatbuffers";
import { expect, test } from "vitest";
import { RsadError } from "../../errors.ts";
import { readTflite } from "./read.ts";
import { Table } from "./table.ts";

/** A model of one operator, written by the library's own builder. */
function sample(): Uint8Array {
  const b = new Builder();
  const table = (size: number, fields: (() => void)[]) => {
    b.startObject(size);
    for (const field of fields) field();
    return b.endObject();
  };
  const vector = (values: readonly number[], add: (value: number) => void, width: number) => {
    b.startVector(width, values.length, width);
    for (const value of values.toReversed()) add(value);
    return b.endVector();
  };
  const int32s = (values: readonly number[]) => vector(values, (value) => b.addInt32(value), 4);
  const tables = (values: readonly number[]) => vector(values, (value) => b.addOffset(value), 4);

  const data = vector([1, 2, 3, 4], (value) => b.addInt8(value), 1);
  const buffer = table(1, [() => b.addFieldOffset(0, data, 0)]);
  const buffers = tables([buffer]);
  const code = table(4, [() => b.addFieldInt8(0, 3, 0), () => b.addFieldInt32(3, 3, 0)]);
  const codes = tables([code]);
  const name = b.createString("weight");
  const shape = int32s([2, 1]);
  const tensor = table(4, [
    () => b.addFieldOffset(0, shape, 0),
    () => b.addFieldInt8(1, 1, 0),
    () => b.addFieldInt32(2, 0, 0),
    () => b.addFieldOffset(3, name, 0),
  ]);
  const tensors = tables([tensor]);
  const options = table(7, [() => b.addFieldInt32(1, 2, 0)]);
  const inputs = int32s([0, -1]);
  const outputs = int32s([0]);
  const operator = table(5, [
    () => b.addFieldInt32(0, 0, 0),
    () => b.addFieldOffset(1, inputs, 0),
    () => b.addFieldOffset(2, outputs, 0),
    () => b.addFieldOffset(4, options, 0),
  ]);
  const operators = tables([operator]);
  const subgraph = table(4, [
    () => b.addFieldOffset(0, tensors, 0),
    () => b.addFieldOffset(1, inputs, 0),
    () => b.addFieldOffset(2, outputs, 0),
    () => b.addFieldOffset(3, operators, 0),
  ]);
  const subgraphs = tables([subgraph]);
  const model = table(5, [
    () => b.addFieldOffset(1, codes, 0),
    () => b.addFieldOffset(2, subgraphs, 0),
    () => b.addFieldOffset(4, buffers, 0),
  ]);
  b.finish(model, "TFL3");
  return b.asUint8Array();
}

test("reads what a flatbuffers builder wrote", () => {
  const model = readTflite(sample());
  expect(model.tensors).toEqual([
    { name: "weight", shape: [2, 1], type: 1, data: Uint8Array.of(1, 2, 3, 4) },
  ]);
  expect(model).toMatchObject({ inputs: [0, -1], outputs: [0] });
  expect(model.operators[0]).toMatchObject({ builtin: 3, inputs: [0, -1], outputs: [0] });
  expect(model.operators[0]!.options!.int32(1)).toBe(2);
  expect(model.operators[0]!.options!.int32(4, 1)).toBe(1);
});

test("answers damaged files with an RsadError or a model, nothing else", () => {
  const bytes = sample();
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 }),
      fc.option(fc.nat(bytes.length), { freq: 4 }),
      (changes, length) => {
        const damaged = bytes.slice(0, length ?? bytes.length);
        for (const [position, value] of changes) damaged[position] = value;
        try {
          readTflite(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(RsadError);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test("does not follow an offset out of the file", () => {
  expect(() => Table.root(new ByteBuffer(Uint8Array.of(0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0)))).toThrow(
    RsadError,
  );
});
