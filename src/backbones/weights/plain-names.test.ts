import { expect, test } from "vitest";
import { plainNames } from "./plain-names.ts";

const plain = (...names: string[]) => [...plainNames(new Map(names.map((name) => [name, 0]))).keys()];

test("a wrapper's prefix that every name has is taken off, and one behind it", () => {
  expect(plain("module.conv1.weight", "module.fc.bias")).toEqual(["conv1.weight", "fc.bias"]);
  expect(plain("module._orig_mod.a", "module._orig_mod.b")).toEqual(["a", "b"]);
});

test("other names stay", () => {
  expect(plain("module.a", "b")).toEqual(["module.a", "b"]);
  expect(plain("layer1.a", "layer1.b")).toEqual(["layer1.a", "layer1.b"]);
  expect(plain()).toEqual([]);
});
