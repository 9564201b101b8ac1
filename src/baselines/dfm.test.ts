import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { patchCovariance, principalComponents } from "../features/index.ts";
import { rowsOf, scores, type TinyStore, tinyStore } from "../features/testing/tiny-store.ts";
import { type DfmRecipe, recipe } from "../recipes/index.ts";
import { fitDfm } from "./dfm.ts";

const IMAGES = 6;
const CHANNELS = 9;

function dfm(overrides: Readonly<Record<string, unknown>> = {}): DfmRecipe {
  return recipe("dfm", { preprocessing: { fit: "stretch", size: 32 }, ...overrides });
}

let tiny: TinyStore;
const trained = Array.from({ length: IMAGES }, (_, i) => i);
let rows: number[][];
let mean: number[];
let covariance: number[][];
beforeAll(async () => {
  tiny = await tinyStore(dfm(), IMAGES + 1);
  rows = (await Promise.all(trained.map((image) => rowsOf(tiny, image)))).flat();
  mean = Array.from(
    { length: CHANNELS },
    (_, c) => rows.reduce((sum, row) => sum + row[c]!, 0) / rows.length,
  );
  covariance = mean.map((_, a) =>
    mean.map(
      (_, b) => rows.reduce((sum, row) => sum + (row[a]! - mean[a]!) * (row[b]! - mean[b]!), 0) / rows.length,
    ),
  );
});
afterAll(() => tiny.remove());

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const times = (matrix: readonly (readonly number[])[], x: readonly number[]) =>
  matrix.map((row) => dot(row, x));

/** Leading eigenvectors and eigenvalues by the power method, one after the other removed. */
function eigen(matrix: readonly (readonly number[])[], count: number): { value: number; vector: number[] }[] {
  let rest = matrix.map((row) => [...row]);
  return Array.from({ length: count }, () => {
    let vector = rest.map((_, i) => 1 + i / 7);
    for (let step = 0; step < 3000; step++) {
      const next = times(rest, vector);
      const length = Math.hypot(...next);
      vector = next.map((value) => value / length);
    }
    const value = dot(vector, times(rest, vector));
    rest = rest.map((row, i) => row.map((entry, j) => entry - value * vector[i]! * vector[j]!));
    return { value, vector };
  });
}

test("mean and covariance are those of all patches", async () => {
  const found = await patchCovariance({ ...tiny, images: trained });
  found.mean.forEach((value, c) => {
    expect(value).toBeCloseTo(mean[c]!, 5);
  });
  const scale = Math.max(...covariance.flat());
  covariance.flat().forEach((value, i) => {
    expect(Math.abs(found.matrix[i]! - value)).toBeLessThan(1e-5 * scale);
  });
});

test("the components are eigenvectors, as few as hold the share", () => {
  const trace = covariance.reduce((sum, row, i) => sum + row[i]!, 0);
  const known = eigen(covariance, 4);
  for (const count of [1, 2, 3, 4]) {
    const held = known.slice(0, count).reduce((sum, { value }) => sum + value, 0);
    const share = held / trace - 1e-6;
    const basis = principalComponents(Float64Array.from(covariance.flat()), CHANNELS, share);
    expect(basis.length / CHANNELS).toBe(count);
    for (let i = 0; i < count; i++) {
      const own = Array.from(basis.subarray(i * CHANNELS, (i + 1) * CHANNELS));
      expect(Math.abs(dot(own, known[i]!.vector))).toBeCloseTo(1, 5);
    }
  }
});

describe("a patch's score", () => {
  test("is the length of what the components leave", async () => {
    const fitted = await fitDfm({ ...tiny, images: trained, recipe: dfm({ variance: 0.9 }), seed: 0 });
    const count = fitted.facts.components!;
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(CHANNELS);
    const axes = eigen(covariance, count).map(({ vector }) => vector);
    const [result] = await scores(tiny, fitted, [IMAGES]);
    const expected = (await rowsOf(tiny, IMAGES)).map((row) => {
      const centred = row.map((value, c) => value - mean[c]!);
      const inside = axes.map((axis) => dot(axis, centred));
      return Math.hypot(
        ...centred.map((value, c) => value - inside.reduce((sum, part, i) => sum + part * axes[i]![c]!, 0)),
      );
    });
    result!.patches.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 3);
    });
    expect(result!.score).toBeUndefined();
  });

  test("falls with the share of the variance that is kept", async () => {
    const worst = async (variance: number) => {
      const fitted = await fitDfm({ ...tiny, images: trained, recipe: dfm({ variance }), seed: 0 });
      const { patches } = (await scores(tiny, fitted, [IMAGES]))[0]!;
      return patches.reduce((sum, value) => sum + value, 0);
    };
    expect(await worst(0.99)).toBeLessThan(await worst(0.5));
  });

  test("does not depend on the seed", async () => {
    const of = async (seed: number) =>
      scores(tiny, await fitDfm({ ...tiny, images: trained, recipe: dfm(), seed }), [0]);
    expect(await of(1)).toEqual(await of(2));
  });
});

test("one image is enough", async () => {
  const fitted = await fitDfm({ ...tiny, images: [0], recipe: dfm(), seed: 0 });
  const [one] = await scores(tiny, fitted, [1]);
  expect(one!.patches.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
});

test("features that never vary have no components and score 0", async () => {
  const flat = await tinyStore(dfm(), 2, 0);
  const fitted = await fitDfm({ ...flat, images: [0, 1], recipe: dfm(), seed: 0 });
  expect(fitted.facts).toEqual({ components: 0 });
  const [one] = await scores(flat, fitted, [0]);
  expect(one!.patches).toEqual(new Array(64).fill(0));
  await flat.remove();
});

test("an abort throws the signal's reason", async () => {
  const abort = new AbortController();
  const reason = new Error("enough");
  const onProgress = ({ done }: { done: number }) => done === 2 && abort.abort(reason);
  const run = fitDfm({ ...tiny, images: trained, recipe: dfm(), seed: 0, onProgress, signal: abort.signal });
  await expect(run).rejects.toBe(reason);
});
