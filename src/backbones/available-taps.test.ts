import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { availableTaps } from "./available-taps.ts";
import { IMAGENET_NORMALISATION } from "./normalisation.ts";
import { tinyModel } from "./testing/tiny-onnx.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-taps-"));
});
afterAll(() => rm(folder, { recursive: true }));

const onnx = (file: string) =>
  ({ kind: "onnx", file, taps: ["first"], normalisation: IMAGENET_NORMALISATION }) as const;

test("of an ONNX file: whatever it computes, and nothing that it reads", async () => {
  const file = join(folder, "tiny.onnx");
  await writeFile(file, tinyModel());
  const taps = await availableTaps(onnx(file));
  expect(taps).toEqual(expect.arrayContaining(["first", "second"]));
  expect(taps).not.toContain("image");
});

test("of weights: the architecture's, without opening the file", async () => {
  const spec = { kind: "weights", architecture: "resnet18", file: join(folder, "none.pth") } as const;
  expect(await availableTaps(spec)).toEqual(["layer1", "layer2", "layer3", "layer4"]);
});

test("of the embedded one: none", async () => {
  expect(await availableTaps({ kind: "embedded" })).toEqual([]);
});

test("a file that is not there is named", async () => {
  const file = join(folder, "none.onnx");
  await expect(availableTaps(onnx(file))).rejects.toMatchObject({
    code: "RSAD_BACKBONE_MISSING",
    received: file,
  });
});
