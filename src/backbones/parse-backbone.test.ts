import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseBackbone } from "./parse-backbone.ts";
import { SIDECAR_EXAMPLE } from "./validate.ts";

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
  ["no taps", { taps: undefined }, "taps", "names, each of them once,", "nothing"],
  ["an empty tap", { taps: "a," }, "taps", "names, each of them once,", ["a", ""]],
  ["a tap twice", { taps: "a,a" }, "taps", "names, each of them once,", ["a", "a"]],
  ["no mean", { mean: undefined }, "normalisation.mean", "three numbers", "nothing"],
  ["two means", { mean: "1,2" }, "normalisation.mean", "three numbers", [1, 2]],
  ["a word for a number", { scale: "one" }, "normalisation.scale", "a number above 0", "one"],
  ["a number that is empty", { mean: "1,,2" }, "normalisation.mean", "three numbers", [1, "", 2]],
  ["a deviation of 0", { std: "1,1,0" }, "normalisation.std", "three numbers above 0", [1, 1, 0]],
  ["other channels", { channels: "grb" }, "normalisation.channels", "rgb or bgr", "grb"],
])("refuses %s", async (_, flag, field, expected, received) => {
  const file = join(folder, "other.onnx");
  await expect(parseBackbone(file, { ...flags, ...flag })).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
    subject: `${field} of the backbone ${file}`,
    expected,
    received,
  });
});

test.each([
  ["a misspelt field", { tabs: ["a"] }, "fields that are known", "tabs"],
  ["a list", ["a"], "a description of a backbone", ["a"]],
  ["no object", null, "a description of a backbone", "nothing"],
])("refuses a JSON of %s", async (_, json, expected, received) => {
  const path = join(folder, "refused.json");
  await writeFile(path, JSON.stringify(json));
  await expect(parseBackbone(path)).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
    subject: path,
    expected,
    received,
  });
});

test("the layout that a refusal shows is accepted", async () => {
  const path = join(folder, "flat.json");
  await writeFile(path, JSON.stringify({ taps: ["layer2", "layer3"], mean: [0, 0, 0] }));
  await expect(parseBackbone(path)).rejects.toMatchObject({ hint: expect.stringContaining(SIDECAR_EXAMPLE) });

  const file = join(folder, "shown.onnx");
  await writeFile(file, "");
  await writeFile(join(folder, "shown.json"), SIDECAR_EXAMPLE);
  expect(await parseBackbone(file)).toMatchObject({ kind: "onnx", file, taps: ["layer2", "layer3"] });
});

test("refuses a JSON without a file", async () => {
  await writeFile(join(folder, "fileless.json"), JSON.stringify({ taps: ["a"], normalisation }));
  await expect(parseBackbone(join(folder, "fileless.json"), flags)).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
    subject: expect.stringContaining("file of the backbone"),
    expected: "a text",
    received: "nothing",
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

test("a folder, and a file of another kind, are told so before they are to be described", async () => {
  const directory = parseBackbone(`${folder}/`);
  await expect(directory).rejects.toMatchObject({
    code: "RSAD_BACKBONE_MISSING",
    received: `${folder}/, which is a folder`,
  });
  const picture = join(folder, "part.png");
  await writeFile(picture, "\x89PNG and more");
  await expect(parseBackbone(picture)).rejects.toMatchObject({
    code: "RSAD_BACKBONE_INVALID",
    subject: picture,
    expected: "an ONNX model",
  });
});
