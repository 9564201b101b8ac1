import { expect, test } from "vitest";
import { defectRegions, inspect, type Judge } from "./index.ts";

const map = {
  width: 5,
  height: 3,
  // biome-ignore format: a picture
  data: Float32Array.of(
    3, 0, 0, 0, 2,
    0, 4, 0, 0, 0,
    0, 0, 0, 9, Number.NaN,
  ),
};
const image = { width: 5, height: 3, data: new Uint8Array(45) };
const model: Judge = {
  metadata: { threshold: { image: 5, pixel: 2 } },
  score: async () => ({ score: 5, map, seconds: 0.1 }),
};

test("regions have their boxes, areas, peaks and means, the worst first; corners touch, NaN is outside", () => {
  expect(defectRegions(map, 2)).toMatchObject([
    { x: 3, y: 2, width: 1, height: 1, area: 1, peak: 9, peakAt: { x: 3, y: 2 }, mean: 9 },
    { x: 0, y: 0, width: 2, height: 2, area: 2, peak: 4, peakAt: { x: 1, y: 1 }, mean: 3.5 },
    { x: 4, y: 0, width: 1, height: 1, area: 1, peak: 2, peakAt: { x: 4, y: 0 }, mean: 2 },
  ]);
  expect(defectRegions(map, 10)).toEqual([]);
});

test("a region's core is what reaches three quarters of the way from the threshold to its peak and is connected to that", () => {
  const data = Float32Array.of(
    ...[9, 2, 2, 2, 2, 2, 2],
    ...[2, 2, 2, 6, 8, 2, 0],
    ...[0, 0, 2, 2, 2, 8, 2],
    ...[6, 1, 1, 2, 2, 2, 9],
  );
  const [region, ...others] = defectRegions({ width: 7, height: 4, data }, 2);
  // It begins at 7.25. The two peaks are alike: the first counts, and the others are not connected to it.
  expect(region).toMatchObject({
    peakAt: { x: 0, y: 0 },
    core: { x: 0, y: 0, width: 1, height: 1, area: 1 },
  });
  expect(others).toMatchObject([{ peakAt: { x: 0, y: 3 }, core: { x: 0, y: 3, width: 1, height: 1 } }]);
  data[0] = 8;
  const [moved] = defectRegions({ width: 7, height: 4, data }, 2);
  expect(moved!.peakAt).toEqual({ x: 6, y: 3 });
  expect(moved!.core).toEqual({ x: 4, y: 1, width: 3, height: 3, area: 3 });
  // Below zero as above it.
  const lower = defectRegions({ width: 7, height: 4, data: data.map((value) => value - 100) }, -98);
  expect(lower[0]!.core).toEqual(moved!.core);
});

test("every inspection tells where its map is highest, whatever the verdict; not where nothing was inspected", async () => {
  const peak = { x: 3, y: 2, value: 9 };
  const high = { threshold: 100, pixelThreshold: 100 };
  expect(await inspect(model, image, high)).toMatchObject({ verdict: "good", regions: [], peak });
  expect(await inspect(model, image)).toMatchObject({ verdict: "defect", peak });
  const blind = { ...map, data: map.data.map(() => Number.NaN) };
  const judge: Judge = { ...model, score: async () => ({ score: 5, map: blind, seconds: 0 }) };
  expect((await inspect(judge, image)).peak).toBeUndefined();
});

test("regions are measured in mm, too, and their borders followed, where that is asked for", async () => {
  const { regions } = await inspect(model, image, { mmPerPixel: 0.5, contours: true });
  expect(regions.map(({ contour }) => contour!.outer.length)).toEqual([4, 8, 4]);
  expect(regions[1]!.millimetres).toEqual({
    ...{ x: 0, y: 0, width: 1, height: 1, area: 0.5 },
    core: { x: 0.5, y: 0.5, width: 0.5, height: 0.5, area: 0.25 },
  });
  expect(regions[0]!.millimetres).toMatchObject({ x: 1.5, y: 1, width: 0.5, height: 0.5, area: 0.25 });
  for (const mmPerPixel of [0, -1, Number.NaN, Infinity]) {
    const invalid = inspect(model, image, { mmPerPixel });
    await expect(invalid).rejects.toMatchObject({ code: "RSAD_ARGUMENT_INVALID", subject: "mmPerPixel" });
  }
});

test("judges by the model's thresholds, or by one given for images", async () => {
  expect(await inspect(model, image)).toMatchObject({
    verdict: "defect",
    score: 5,
    threshold: 5,
    seconds: 0.1,
  });
  const stricter = await inspect(model, image, { threshold: 5.1 });
  expect(stricter).toMatchObject({ verdict: "good", threshold: 5.1 });
  expect(stricter.regions).toHaveLength(3);
  expect((await inspect(model, image, { pixelThreshold: 9 })).regions).toHaveLength(1);
  const invalid = { code: "RSAD_ARGUMENT_INVALID" };
  await expect(inspect(model, image, { pixelThreshold: Infinity })).rejects.toMatchObject(invalid);
  await expect(inspect(model, image, { threshold: Number.NaN })).rejects.toMatchObject(invalid);
});

test("images that score otherwise than those behind the thresholds have no p-value, no promise and no review", async () => {
  const falseReject = { asked: 0.1, promised: 0.1, interval: [0, 0.2] } as const;
  const threshold = { image: 6, pixel: 2, review: 4, scores: [1, 3], falseReject };
  const judge = { ...model, metadata: { threshold } };
  const { verdict, reviewThreshold, pValue } = await inspect(judge, image);
  expect([verdict, reviewThreshold, pValue]).toEqual(["review", 4, 1 / 3]);
  expect(await inspect(judge, image, { comparable: false })).toMatchObject({
    verdict: "good",
    reviewThreshold: undefined,
    pValue: undefined,
    falseReject: undefined,
  });
  const tiled = { ...judge, comparable: false };
  expect(await inspect(tiled, image)).toMatchObject({ verdict: "good", pValue: undefined });
  expect((await inspect(tiled, image, { comparable: true })).pValue).toBe(1 / 3);
});

test("a score that is no number is never a verdict", async () => {
  const broken: Judge = { ...model, score: async () => ({ score: Number.NaN, map, seconds: 0 }) };
  await expect(inspect(broken, image)).rejects.toMatchObject({ code: "RSAD_ARGUMENT_INVALID" });
});

test("a model without thresholds asks for one, and draws no regions", async () => {
  const bare = { ...model, metadata: {} };
  await expect(inspect(bare, image)).rejects.toMatchObject({ code: "RSAD_ARGUMENT_INVALID" });
  expect(await inspect(bare, image, { threshold: 1 })).toMatchObject({
    verdict: "defect",
    pixelThreshold: undefined,
    regions: [],
  });
});
