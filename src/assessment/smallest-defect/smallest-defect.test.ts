import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sample } from "../../datasets/index.ts";
import type { Judge } from "../../evaluation/index.ts";
import { encodePng, type Image } from "../../images/index.ts";
import { smallestDefect } from "./smallest-defect.ts";

const SIDE = 96;
const GREY = 100;
/** Pixels that have to differ until the judge below calls an image defective: a circle of a little over 7 across. */
const AREA = 40;

let folder: string;
let good: Sample[];
let marked: Sample;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-smallest-"));
  const write = async (name: string, change: number): Promise<Sample> => {
    const data = new Uint8Array(SIDE * SIDE * 3).fill(GREY);
    data.fill(GREY + change, 0, 3 * 2 * AREA);
    const path = join(folder, name);
    await writeFile(path, await encodePng({ width: SIDE, height: SIDE, data }));
    return { path, name, type: "good" };
  };
  good = [await write("0.png", 0), await write("1.png", 0)];
  marked = await write("2.png", 50);
});
afterAll(() => rm(folder, { recursive: true }));

/** Sees every pixel that is not as grey as it should be in the first `columns`; with `blind`, nothing of the map. */
function judge({ least = 20, blind = false, columns = SIDE } = {}): Judge & { runs: number } {
  return {
    runs: 0,
    metadata: { threshold: { image: AREA, pixel: least } },
    async score({ width, height, data }: Image) {
      this.runs += 1;
      const map = new Float32Array(width * height);
      for (let i = 0; i < map.length; i++)
        map[i] = i % width < columns ? Math.abs(data[3 * i]! - GREY) : Number.NaN;
      const score = map.reduce((sum, value) => sum + Number(value >= least), 0);
      return { score, map: { width, height, data: blind ? map.fill(0) : map }, seconds: 0 };
    },
  };
}

test("finds the size from which on a judge finds spots that is known", async () => {
  const model = judge();
  const defective = { ...good[0]!, type: "scratch" };
  const result = await smallestDefect(model, [...good, marked, defective], { input: SIDE });
  expect(result).toMatchObject({ images: 2, passedOver: 1, trials: 40, seed: 0, scored: model.runs });
  for (const { sizes, smallest } of result.contrasts) {
    expect(sizes.map(({ size }) => size)).toEqual([1, 2, 3, 4, 6, 8, 12, 16, 24, 32]);
    expect(smallest).toBe(8);
    for (const { size, rejected, located, found } of sizes) {
      // Pixels that are covered by a quarter may count, so a spot can seem a little larger than it is.
      if (size <= 6) expect([rejected, found]).toEqual([0, 0]);
      if (size >= 8) expect([rejected, found]).toEqual([40, 40]);
      expect(located).toBe(40);
    }
  }
});

test("a spot of too little contrast is not found, nor one that the map does not show", async () => {
  const weak = await smallestDefect(judge({ least: 41 }), good, { input: SIDE });
  expect(weak.contrasts.map(({ smallest }) => smallest)).toEqual([8, undefined]);
  const blind = await smallestDefect(judge({ blind: true }), good, { input: SIDE });
  for (const { smallest, sizes } of blind.contrasts) {
    expect(smallest).toBeUndefined();
    expect(sizes.at(-1)).toMatchObject({ rejected: 40, located: 0, found: 0 });
  }
});

test("in a narrow region only spots that fit it are tried, and none of them is missed for lying outside", async () => {
  const model = judge({ columns: 14 });
  const result = await smallestDefect(model, good, { input: SIDE });
  expect(result).toMatchObject({ tooLarge: 16, scored: model.runs });
  for (const { sizes, smallest } of result.contrasts) {
    expect(sizes.map(({ size }) => size)).toEqual([1, 2, 3, 4, 6, 8, 12]);
    expect(smallest).toBe(8);
    for (const { size, trials, found } of sizes) {
      expect(trials).toBe(40);
      if (size >= 8) expect(found).toBe(40);
    }
  }
});

test("where no spot of any size has a place, that is the error", async () => {
  await expect(smallestDefect(judge({ columns: 0 }), good, { input: SIDE })).rejects.toMatchObject({
    code: "RSAD_DATASET_EMPTY",
    expected: expect.stringContaining("places"),
  });
});

test("the same seed plants the same, and an abort ends it", async () => {
  const [one, other] = [
    await smallestDefect(judge(), good, { input: SIDE }),
    await smallestDefect(judge(), good, { input: SIDE }),
  ];
  expect(one).toEqual(other);
  const abort = new AbortController();
  const onProgress = ({ phase, done }: { phase: string; done: number }) =>
    phase === "planted spots" && done === 3 && abort.abort();
  const model = judge();
  await expect(
    smallestDefect(model, good, { input: SIDE, onProgress, signal: abort.signal }),
  ).rejects.toThrow();
  expect(model.runs).toBeLessThan(10);
});

test("every run of the model sees the signal, so that an abort ends it between tiles", async () => {
  const { signal } = new AbortController();
  const { metadata, score } = judge();
  const signals: unknown[] = [];
  const model: Judge & { runs: number } = {
    runs: 0,
    metadata,
    score(image, own) {
      signals.push(own);
      return score.call(this, image);
    },
  };
  await smallestDefect(model, good, { input: SIDE, signal });
  expect(signals.length).toBeGreaterThan(800);
  expect(signals.every((own) => own === signal)).toBe(true);
});

test("thresholds and good images that pass are needed", async () => {
  const { score } = judge();
  await expect(smallestDefect({ metadata: {}, score }, good, { input: SIDE })).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
  });
  await expect(smallestDefect(judge(), [marked], { input: SIDE })).rejects.toMatchObject({
    code: "RSAD_DATASET_EMPTY",
  });
});
