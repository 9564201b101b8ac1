import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseBackbone } from "./parse-backbone.ts";

const normalisation = { channels: "bgr", scale: 1, mean: [103.9, 116.8, 123.7], std: [1, 1, 1] };
const flags = { taps: "a,b", channels: "bgr", scale: "1", mean: "103.9,116.8,123.7", std: "1,1,1" };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-backbone-"));
  const file = "net.onnx";
  await writeFile(
    join(folder, "net.json"),
    JSON.stringify({ file, taps: ["a"], normalisation, licence: "MIT" }),
  );
  await writeFile(join(folder, "net.onnx"), "");
  await writeFile(join(folder, "other.onnx"), "");
  await writeFile(join(folder, "broken.json"), "{");
  await writeFile(join(folder, "misspelt.json"), JSON.stringify({ tabs: ["a"], normalisation }));
});
afterAll(() => rm(folder, { recursive: true }));

test("without a value, or by its name, the embedded backbone", async () => {
  expect(await parseBackbone(undefined)).toEqual({ kind: "embedded" });
  expect(await parseBackbone("embedded")).toEqual({ kind: "embedded" });
  await expect(parseBackbone(undefined, { taps: "a" })).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
  });
});

test("a file with flags", async () => {
  const file = join(folder, "other.onnx");
  expect(await parseBackbone(file, flags)).toEqual({ kind: "onnx", file, taps: ["a", "b"], normalisation });
});

test("a file with the JSON beside it, or the JSON alone; a flag goes first", async () => {
  const file = join(folder, "net.onnx");
  const spec = { kind: "onnx", file, taps: ["a"], normalisation, licence: "MIT" };
  expect(await parseBackbone(file)).toEqual(spec);
  expect(await parseBackbone(join(folder, "net.json"))).toEqual(spec);
  expect(await parseBackbone(file, { taps: "b", scale: "0.5" })).toEqual({
    ...spec,
    taps: ["b"],
    normalisation: { ...normalisation, scale: 0.5 },
  });
});

test.each([
  { name: "no taps", value: "other.onnx", flags: { ...flags, taps: undefined }, subject: "taps" },
  { name: "an empty tap", value: "other.onnx", flags: { ...flags, taps: "a," }, subject: "taps.1" },
  { name: "a tap twice", value: "other.onnx", flags: { ...flags, taps: "a,a" }, subject: "taps" },
  {
    name: "no mean",
    value: "other.onnx",
    flags: { ...flags, mean: undefined },
    subject: "normalisation.mean",
  },
  { name: "two means", value: "other.onnx", flags: { ...flags, mean: "1,2" }, subject: "normalisation.mean" },
  {
    name: "a word for a number",
    value: "other.onnx",
    flags: { ...flags, scale: "one" },
    subject: "normalisation.scale",
  },
  {
    name: "a deviation of 0",
    value: "other.onnx",
    flags: { ...flags, std: "1,1,0" },
    subject: "normalisation.std.2",
  },
  {
    name: "other channels",
    value: "other.onnx",
    flags: { ...flags, channels: "grb" },
    subject: "normalisation.channels",
  },
  { name: "a misspelt field", value: "misspelt.json", flags: {}, subject: "misspelt.json" },
  { name: "a JSON without a file", value: "misspelt.json", flags, subject: "misspelt.json" },
])("refuses $name", async ({ value, flags: given, subject }) => {
  await expect(parseBackbone(join(folder, value), given)).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
    subject: expect.stringContaining(subject),
  });
});

test("a JSON that is broken or not there", async () => {
  await expect(parseBackbone(join(folder, "broken.json"))).rejects.toMatchObject({
    code: "RSAD_BACKBONE_INVALID",
  });
  await expect(parseBackbone(join(folder, "none.json"))).rejects.toMatchObject({
    code: "RSAD_BACKBONE_MISSING",
  });
});

test("a network that is not there is said to be missing, however little is said of it", async () => {
  await expect(parseBackbone(join(folder, "nowhere.onnx"))).rejects.toMatchObject({
    code: "RSAD_BACKBONE_MISSING",
    received: expect.stringContaining("nowhere.onnx"),
  });
});
