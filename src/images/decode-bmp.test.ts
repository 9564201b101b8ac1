import { encode } from "fast-bmp";
import { describe, expect, it } from "vitest";
import { decodeBmp } from "./decode-bmp.ts";

interface Parts {
  width: number;
  height: number;
  bits: number;
  compression?: number;
  /** Written between header and pixels: a palette or bit fields. */
  table?: number[];
  rows: number[];
}

/** A bitmap with a 40-byte header. */
function bitmap({ width, height, bits, compression = 0, table = [], rows }: Parts): Uint8Array {
  const start = 54 + table.length;
  const bytes = new Uint8Array(start + rows.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(10, start, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, bits, true);
  view.setUint32(30, compression, true);
  bytes.set(table, 54);
  bytes.set(rows, start);
  return bytes;
}

const BLACK_AND_RED = [0, 0, 0, 0, 0, 0, 255, 0];

describe("decodeBmp", () => {
  it.each([3, 4])("reads %i channels as an independent encoder writes them", (channels) => {
    const width = 5;
    const height = 3;
    const data = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 41) % 256);
    const bytes = encode({ width, height, channels, components: 3, bitsPerPixel: 8 * channels, data });
    const image = decodeBmp(bytes);
    expect([image.width, image.height, image.channels]).toEqual([width, height, 3]);
    expect([...image.data]).toEqual([...data].filter((_, i) => i % channels < 3));
  });

  it("reads bottom-up and top-down rows", () => {
    const rows = [1, 2, 3, 0, 4, 5, 6, 0];
    const shape = { width: 1, bits: 24, rows };
    expect([...decodeBmp(bitmap({ ...shape, height: 2 })).data]).toEqual([6, 5, 4, 3, 2, 1]);
    expect([...decodeBmp(bitmap({ ...shape, height: -2 })).data]).toEqual([3, 2, 1, 6, 5, 4]);
  });

  it.each([
    [1, [0b01000000, 0, 0, 0]],
    [4, [0x01, 0x00, 0, 0]],
    [8, [0, 1, 0, 0]],
  ])("looks colours of %i bits up in the palette", (bits, rows) => {
    const table = BLACK_AND_RED.concat(Array(4 * 2 ** bits - 8).fill(9));
    const { data } = decodeBmp(bitmap({ width: 3, height: 1, bits, table, rows }));
    expect([...data]).toEqual([0, 0, 0, 255, 0, 0, 0, 0, 0]);
  });

  it("reads 16 bits as five per channel, and as bit fields say", () => {
    const rows = [0x1f, 0x7c, 0, 0];
    expect([...decodeBmp(bitmap({ width: 1, height: 1, bits: 16, rows })).data]).toEqual([255, 0, 255]);
    const table = [0, 0xf8, 0, 0, 0xe0, 0x07, 0, 0, 0x1f, 0, 0, 0];
    const fields = bitmap({ width: 1, height: 1, bits: 16, compression: 3, table, rows: [0xe0, 0xff, 0, 0] });
    expect([...decodeBmp(fields).data]).toEqual([255, 255, 0]);
  });

  it("reads 32 bits with red and blue exchanged", () => {
    const table = [0xff, 0, 0, 0, 0, 0xff, 0, 0, 0, 0, 0xff, 0];
    const bytes = bitmap({ width: 1, height: 1, bits: 32, compression: 3, table, rows: [7, 8, 9, 0] });
    expect([...decodeBmp(bytes).data]).toEqual([7, 8, 9]);
  });

  it.each([
    ["short file", bitmap({ width: 9, height: 9, bits: 24, rows: [0, 0, 0, 0] })],
    ["huge size", bitmap({ width: 1 << 20, height: 1 << 20, bits: 24, rows: [] })],
    ["height without a positive counterpart", bitmap({ width: 1, height: -(2 ** 31), bits: 24, rows: [] })],
    ["no width", bitmap({ width: 0, height: 1, bits: 24, rows: [] })],
    ["run lengths", bitmap({ width: 1, height: 1, bits: 8, compression: 1, rows: [1, 1, 0, 1] })],
    [
      "colour outside the palette",
      bitmap({ width: 1, height: 1, bits: 8, table: BLACK_AND_RED, rows: [7, 0, 0, 0] }),
    ],
    ["header alone", bitmap({ width: 1, height: 1, bits: 24, rows: [] }).subarray(0, 30)],
  ])("refuses: %s", (_, bytes) => {
    expect(() => decodeBmp(bytes)).toThrow(Error);
  });
});
