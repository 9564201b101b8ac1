import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { decodeMask, type MaskRule } from "./decode-mask.ts";
import { encodeMaskPng } from "./encode-png.ts";

let path: string;
beforeAll(async () => {
  path = join(await mkdtemp(join(tmpdir(), "rsad-mask-")), "mask.png");
});
afterAll(() => rm(join(path, ".."), { recursive: true, force: true }));

async function decodeValues(values: number[] | Uint16Array, channels: 1 | 3, space: string, rule?: MaskRule) {
  const data = values instanceof Uint16Array ? values : Uint8Array.from(values);
  await sharp(data, { raw: { width: values.length / channels, height: 1, channels } })
    .toColourspace(space)
    .png()
    .toFile(path);
  return [...(await decodeMask(path, rule)).data];
}

it("takes values from 128 as defect", async () => {
  expect(await decodeValues([0, 1, 127, 128, 255], 1, "b-w")).toEqual([0, 0, 0, 1, 1]);
});

it("takes ones as defect where no value is larger", async () => {
  expect(await decodeValues([0, 1, 0, 1], 1, "b-w")).toEqual([0, 1, 0, 1]);
  expect(await decodeValues(Uint16Array.of(0, 1, 1), 1, "grey16")).toEqual([0, 1, 1]);
});

it("finds nothing in a black mask", async () => {
  expect(await decodeValues([0, 0], 1, "b-w")).toEqual([0, 0]);
});

it("takes a pixel as defect where any channel is bright", async () => {
  expect(await decodeValues([0, 0, 0, 200, 0, 0, 0, 0, 255], 3, "srgb")).toEqual([0, 1, 1]);
});

it("halves the range of 16 bits", async () => {
  expect(await decodeValues(Uint16Array.of(0, 1000, 32767, 32768, 65535), 1, "grey16")).toEqual([
    0, 0, 0, 1, 1,
  ]);
});

it("takes all but zeros as defect in a mask that numbers defects", async () => {
  expect(await decodeValues([0, 1, 2, 7, 255], 1, "b-w", "nonzero")).toEqual([0, 1, 1, 1, 1]);
  expect(await decodeValues([0, 0, 0, 0, 3, 0], 3, "srgb", "nonzero")).toEqual([0, 1]);
  expect(await decodeValues(Uint16Array.of(0, 1, 9), 1, "grey16", "nonzero")).toEqual([0, 1, 1]);
});

it("calls a mask that cannot be decoded a mask", async () => {
  await writeFile(path, "no image");
  await expect(decodeMask(path)).rejects.toMatchObject({ code: "RSAD_MASK_INVALID", subject: path });
});

it("reads back what encodeMaskPng wrote", async () => {
  const mask = { width: 3, height: 2, data: Uint8Array.of(0, 1, 0, 1, 1, 0) };
  await writeFile(path, await encodeMaskPng(mask));
  expect(await decodeMask(path)).toEqual(mask);
});
