import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { tinyBackbone } from "../../test/tiny.ts";
import { rowsOf, type TinyStore, tinyStore } from "../features/testing/tiny-store.ts";
import type { Progress } from "../progress.ts";
import { METHODS, recipe } from "../recipes/index.ts";
import type { HybridRequest } from "./request.ts";
import { openWhitenedRows } from "./whitened-rows.ts";
import { componentScales, fitWhitening } from "./whitening.ts";

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("the components' scales", () => {
  const variances = fc.array(
    fc.integer({ min: 0, max: 5000 }).map((value) => value / 1000),
    { minLength: 1, maxLength: 20 },
  );
  const power = fc.integer({ min: 0, max: 4 }).map((value) => value / 4);

  test("leave a mean variance of 1, and never put a smaller one above a larger", () => {
    fc.assert(
      fc.property(variances, power, (values, power) => {
        fc.pre(values.some((value) => value > 0));
        const scales = componentScales(values, { power });
        const after = values.map((value, i) => value * scales[i]! ** 2);
        expect(mean(after)).toBeCloseTo(1, 4);
        for (const [i, a] of values.entries()) {
          for (const [j, b] of values.entries()) {
            if (a > b) expect(after[i]!).toBeGreaterThanOrEqual(after[j]! * (1 - 1e-5));
          }
        }
      }),
    );
  });

  test("at the power 0 keep the proportions, at 1 make all alike but for the floor", () => {
    const values = [4, 1, 0.25, 1e-6];
    const [a, b, c, d] = componentScales(values, { power: 0 });
    expect([b, c, d]).toEqual([a, a, a]);
    const [first, second, third, least] = Array.from(
      componentScales(values, { power: 1 }),
      (scale, i) => values[i]! * scale ** 2,
    );
    for (const other of [second, third]) expect(other! / first!).toBeCloseTo(1, 1);
    expect(least! / first!).toBeLessThan(1e-3);
  });

  test("of what never varies are finite", () => {
    for (const scale of componentScales([0, 0], { power: 0.5 })) expect(Number.isFinite(scale)).toBe(true);
  });
});

describe("fitted to good images", () => {
  const images = [0, 1, 2, 3];
  const settings = (components: number) =>
    recipe(METHODS.hybrid, {
      preprocessing: { fit: "stretch", size: 32 },
      "whitening.components": components,
    });
  let tiny: TinyStore;
  beforeAll(async () => {
    tiny = await tinyStore(settings(6), 4);
  });
  afterAll(() => tiny.remove());

  const request = (from: TinyStore, components: number): HybridRequest => ({
    ...from,
    images,
    recipe: settings(components),
    seed: 0,
    backbone: tinyBackbone(),
    lossLog: "",
  });

  async function whitened(from: TinyStore, components: number) {
    const whitening = await fitWhitening(request(from, components));
    const rows = await openWhitenedRows(from.store, whitening, from.runtime);
    const values: number[] = [];
    for await (const image of rows.each(images)) values.push(...(image.rows.data as Float32Array));
    await rows.close();
    const width = whitening.components;
    const columns = Array.from({ length: width }, (_, c) => values.filter((_, i) => i % width === c));
    return { whitening, columns };
  }

  test("components have mean 0 and a mean variance of 1, and don't vary together", async () => {
    const { whitening, columns } = await whitened(tiny, 6);
    expect(whitening).toMatchObject({ components: 6 });
    expect(whitening.variance).toBeGreaterThan(0.8);
    expect(whitening.variance).toBeLessThanOrEqual(1 + 1e-6);
    const covariance = (a: readonly number[], b: readonly number[]) =>
      mean(a.map((value, i) => value * b[i]!));
    for (const [i, column] of columns.entries()) {
      expect(Math.abs(mean(column))).toBeLessThan(1e-3);
      for (const other of columns.slice(0, i)) {
        const unit = Math.sqrt(covariance(column, column) * covariance(other, other));
        expect(Math.abs(covariance(column, other)) / unit).toBeLessThan(0.02);
      }
    }
    expect(mean(columns.map((column) => covariance(column, column)))).toBeCloseTo(1, 2);
    expect(covariance(columns[0]!, columns[0]!)).toBeGreaterThan(covariance(columns[5]!, columns[5]!));
  });

  test("no more components than channels, which then hold all of the variance", async () => {
    const { whitening } = await whitened(tiny, 384);
    expect(whitening.components).toBe(9);
    expect(whitening.variance).toBeCloseTo(1, 3);
  });

  test("the deviation is that of the features, whose unit makes no other difference", async () => {
    const double = await tinyStore(settings(6), 4, 2);
    const [one, two] = [await whitened(tiny, 6), await whitened(double, 6)];
    await double.remove();
    const rows = (await Promise.all(images.map((image) => rowsOf(tiny, image)))).flat();
    const variances = rows[0]!.map((_, c) => {
      const middle = mean(rows.map((row) => row[c]!));
      return mean(rows.map((row) => (row[c]! - middle) ** 2));
    });
    expect(one.whitening.deviation).toBeCloseTo(Math.sqrt(mean(variances)), 4);
    expect(two.whitening.deviation / one.whitening.deviation).toBeCloseTo(2, 4);
    for (const [i, column] of two.columns.entries()) {
      for (const [at, value] of column.entries()) expect(value).toBeCloseTo(one.columns[i]![at]!, 2);
    }
  });

  test("progress is of a phase of its own", async () => {
    const seen: Progress[] = [];
    await fitWhitening({ ...request(tiny, 6), onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ phase, total }) => [phase, total])).toEqual(seen.map(() => ["whitening", 9]));
    expect(seen.map(({ done }) => done)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("reads tiles of an image one after the other", async () => {
    const samples = tiny.samples.map((sample, i) => ({ ...sample, path: `${i % 2}.png` }));
    const each = vi.spyOn(tiny.store, "each");
    for (let seed = 0; seed < 8; seed++) await fitWhitening({ ...request(tiny, 6), samples, seed });
    const read = each.mock.calls.map(([places]) => places.map((place) => place % 2).join(""));
    each.mockRestore();
    expect(read.length).toBeGreaterThanOrEqual(8);
    for (const images of read) expect(["0011", "1100"]).toContain(images);
  });

  test("features that never vary become zeros", async () => {
    const flat = await tinyStore(settings(6), 4, 0);
    const { whitening, columns } = await whitened(flat, 6);
    await flat.remove();
    expect(whitening).toMatchObject({ variance: 1, deviation: 0 });
    expect(columns.flat().every((value) => value === 0)).toBe(true);
  });
});
