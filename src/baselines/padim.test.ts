import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { rowsOf, scores, type TinyStore, tinyStore } from "../features/testing/tiny-store.ts";
import { type PadimRecipe, recipe } from "../recipes/index.ts";
import { fitPadim } from "./padim.ts";

const memory = vi.hoisted(() => ({ total: undefined as number | undefined }));
vi.mock("node:os", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:os")>();
  return { ...real, totalmem: () => memory.total ?? real.totalmem() };
});

const IMAGES = 12;
const CHANNELS = 9;
const POSITIONS = 64;
const ALL = Array.from({ length: CHANNELS }, (_, i) => i);

function padim(overrides: Readonly<Record<string, unknown>> = {}): PadimRecipe {
  return recipe("padim", { preprocessing: { fit: "stretch", size: 32 }, ...overrides });
}

let tiny: TinyStore;
/** Of each image, one row a position. */
let images: number[][][];
beforeAll(async () => {
  tiny = await tinyStore(padim(), IMAGES + 1);
  images = await Promise.all(Array.from({ length: IMAGES + 1 }, (_, image) => rowsOf(tiny, image)));
});
afterAll(() => tiny.remove());

const first = (count: number) => Array.from({ length: count }, (_, i) => i);

function learn(overrides: Readonly<Record<string, unknown>> = {}, seed = 0, count = IMAGES) {
  return fitPadim({ ...tiny, images: first(count), recipe: padim(overrides), seed });
}

/** x with A x = b, by Gauss-Jordan elimination with pivots. */
function solve(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i]!]);
  for (let column = 0; column < rows.length; column++) {
    const pivot = rows.reduce(
      (best, row, i) => (i > column && Math.abs(row[column]!) > Math.abs(rows[best]![column]!) ? i : best),
      column,
    );
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (const [i, row] of rows.entries()) {
      if (i === column) continue;
      const factor = row[column]! / rows[column]![column]!;
      for (let j = column; j <= rows.length; j++) row[j]! -= factor * rows[column]![j]!;
    }
  }
  return rows.map((row, i) => row.at(-1)! / row[i]!);
}

/** The Mahalanobis distance of a vector to the Gaussian of others, from the definition. */
function mahalanobis(
  sample: readonly (readonly number[])[],
  vector: readonly number[],
  regularization: number,
): number {
  const mean = vector.map((_, c) => sample.reduce((sum, row) => sum + row[c]!, 0) / sample.length);
  const covariance = mean.map((_, a) =>
    mean.map((_, b) => {
      const sum = sample.reduce((total, row) => total + (row[a]! - mean[a]!) * (row[b]! - mean[b]!), 0);
      return sum / Math.max(sample.length - 1, 1) + (a === b ? regularization : 0);
    }),
  );
  const centred = vector.map((value, c) => value - mean[c]!);
  const solved = solve(covariance, centred);
  return Math.sqrt(centred.reduce((sum, value, c) => sum + value * solved[c]!, 0));
}

/** Each position's distance of an image from the first `count` ones, in the given channels. */
function distances(image: number, count: number, channels: readonly number[], regularization: number) {
  const pick = (row: readonly number[]) => channels.map((c) => row[c]!);
  return first(POSITIONS).map((position) =>
    mahalanobis(
      images.slice(0, count).map((rows) => pick(rows[position]!)),
      pick(images[image]![position]!),
      regularization,
    ),
  );
}

function expectClose(values: readonly number[], expected: readonly number[], relative = 1e-3): void {
  expect(values).toHaveLength(expected.length);
  const off = values.map((value, i) => Math.abs(value - expected[i]!) / (1e-6 + Math.abs(expected[i]!)));
  expect(Math.max(...off)).toBeLessThan(relative);
}

describe("a patch's score is its Mahalanobis distance to its position", () => {
  test.each([
    ["many images", IMAGES, 0.01],
    ["another regularization", IMAGES, 10],
    ["fewer images than channels", 3, 0.01],
    ["one image", 1, 0.01],
  ])("with %s", async (_name, count, regularization) => {
    const fitted = await learn({ regularization, dimensions: 50 }, 0, count);
    expect(fitted.facts).toEqual({ channels: CHANNELS, positions: POSITIONS });
    const [known, unknown] = await scores(tiny, fitted, [0, IMAGES]);
    expectClose(unknown!.patches, distances(IMAGES, count, ALL, regularization));
    if (count > 1) expectClose(known!.patches, distances(0, count, ALL, regularization));
    else expect(Math.max(...known!.patches)).toBe(0);
    expect(known!.score).toBeUndefined();
  });

  test("in the same random channels at every position", async () => {
    const fitted = await learn({ dimensions: 2 });
    expect(fitted.facts).toEqual({ channels: 2, positions: POSITIONS });
    const { patches } = (await scores(tiny, fitted, [IMAGES]))[0]!;
    const pairs = ALL.flatMap((a) => ALL.slice(a + 1).map((b) => [a, b]));
    const error = ([a, b]: readonly number[]) => {
      const expected = distances(IMAGES, IMAGES, [a!, b!], 0.01);
      return Math.max(...patches.map((value, i) => Math.abs(value - expected[i]!)));
    };
    const near = pairs.filter((pair) => error(pair) < 1e-2);
    expect(near).toHaveLength(1);
  });
});

test("the channels are the same for the same seed, and others for another", async () => {
  const of = async (seed: number) => scores(tiny, await learn({ dimensions: 3 }, seed), [IMAGES]);
  expect(await of(1)).toEqual(await of(1));
  expect(await of(2)).not.toEqual(await of(1));
});

test("features that never vary score 0", async () => {
  const flat = await tinyStore(padim(), 3, 0);
  const fitted = await fitPadim({ ...flat, images: [0, 1, 2], recipe: padim(), seed: 0 });
  const [one] = await scores(flat, fitted, [0]);
  expect(one!.patches).toEqual(new Array(POSITIONS).fill(0));
  await flat.remove();
});

test("an abort throws the signal's reason", async () => {
  const abort = new AbortController();
  const reason = new Error("enough");
  const onProgress = ({ done }: { done: number }) => done === 2 && abort.abort(reason);
  const run = fitPadim({
    ...tiny,
    images: first(5),
    recipe: padim(),
    seed: 0,
    onProgress,
    signal: abort.signal,
  });
  await expect(run).rejects.toBe(reason);
});

test("too little memory is said before anything is read", async () => {
  memory.total = 1000;
  await expect(learn()).rejects.toMatchObject({ code: "RSAD_MEMORY_LOW" });
  memory.total = undefined;
});
