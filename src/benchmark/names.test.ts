import { expect, test } from "vitest";
import { fileSafe } from "./file-safe.ts";
import { canonical, sha256 } from "./sha256.ts";
import { parseShard } from "./shard.ts";

test("names that every platform takes as a file's stay as they are, others become such, and stay different", () => {
  for (const name of ["bottle", "metal_nut", "pcb-1", "Größe", "v1.2", "connector", "com"])
    expect(fileSafe(name)).toBe(name);
  const odd = ["a/b", "a b", "a:b", "..", ".", "", "a.", ".a", "a*", "con", "NUL", "aux.png", "com1"];
  const safe = odd.map(fileSafe);
  expect(new Set(safe).size).toBe(odd.length);
  for (const name of safe) {
    expect(name).toMatch(/^[\p{L}\p{N}_-][\p{L}\p{N}._-]*[\p{L}\p{N}_-]$/u);
    expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
  }
});

test("the hash of plain data heeds values and order of lists, not the order of fields", () => {
  expect(sha256({ a: 1, b: { c: [1, 2], d: undefined } })).toBe(sha256({ b: { c: [1, 2] }, a: 1 }));
  expect(sha256({ a: [1, 2] })).not.toBe(sha256({ a: [2, 1] }));
  expect(canonical({ b: 1, a: { d: 2, c: 3 } })).toBe('{"a":{"c":3,"d":2},"b":1}');
});

test("a shard is i/n with i from 1 to n", () => {
  expect(parseShard("1/1")).toEqual({ index: 1, count: 1 });
  expect(parseShard("12/80")).toEqual({ index: 12, count: 80 });
  for (const text of ["0/2", "3/2", "1/0", "1", "1/2/3", "-1/2", "1.5/2", " 1/2", ""]) {
    expect(() => parseShard(text)).toThrow(expect.objectContaining({ code: "RSAD_ARGUMENT_INVALID" }));
  }
});
