import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { rowsOf, scores, type TinyStore, tinyStore } from "../features/testing/tiny-store.ts";
import { type PatchCoreRecipe, recipe } from "../recipes/index.ts";
import { fitPatchCore } from "./patchcore.ts";

const memory = vi.hoisted(() => ({ total: undefined as number | undefined }));
vi.mock("node:os", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:os")>();
  return { ...real, totalmem: () => memory.total ?? real.totalmem() };
});

const IMAGES = 5;
const PATCHES = 64;

function patchcore(overrides: Readonly<Record<string, unknown>> = {}): PatchCoreRecipe {
  return recipe("patchcore", { preprocessing: { fit: "stretch", size: 32 }, ...overrides });
}

let tiny: TinyStore;
beforeAll(async () => {
  tiny = await tinyStore(patchcore(), IMAGES);
});
afterAll(() => tiny.remove());

function learn(overrides: Readonly<Record<string, unknown>> = {}, seed = 0, images = [0, 1, 2, 3, 4]) {
  return fitPatchCore({ ...tiny, images, recipe: patchcore(overrides), seed });
}

describe("the memory bank", () => {
  test("of all vectors knows every training patch and no other image's", async () => {
    const fitted = await learn({ "coreset.share": 1, "coreset.cap": "none" }, 0, [0, 1, 3]);
    const [a, b, c, d] = await scores(tiny, fitted, [0, 1, 3, 2]);
    for (const known of [a, b, c]) {
      expect(Math.max(...known!.patches)).toBe(0);
      expect(known!.score).toBe(0);
    }
    expect(Math.min(...d!.patches)).toBeGreaterThan(0);
  });

  test.each([
    [{ "coreset.share": 0.1 }, 32],
    [{ "coreset.share": 0.1, "coreset.cap": 20 }, 20],
    [{ "coreset.share": 1e-6 }, 1],
    [{ "coreset.share": 0.1, "coreset.projection": 4 }, 32],
    [{ "coreset.share": 0.1, "coreset.projection": "none" }, 32],
  ])("has as many vectors as %o says, each a training patch", async (overrides, size) => {
    const fitted = await learn(overrides);
    expect(fitted.facts).toEqual({ vectors: size });
    const all = await scores(tiny, fitted, [0, 1, 2, 3, 4]);
    expect(all.flatMap(({ patches }) => patches).filter((score) => score === 0)).toHaveLength(size);
  });

  test("covers the training patches better than a random choice of as many", async () => {
    const size = 32;
    const all = (await scores(tiny, await learn(), [0, 1, 2, 3, 4])).flatMap(({ patches }) => patches);
    const rows = (await Promise.all([0, 1, 2, 3, 4].map((image) => rowsOf(tiny, image)))).flat();
    const every = Math.floor(rows.length / size);
    const distance = (a: readonly number[], b: readonly number[]) =>
      Math.hypot(...a.map((x, i) => x - b[i]!));
    const random = rows.filter((_, i) => i % every === 0);
    const covered = rows.map((row) => Math.min(...random.map((one) => distance(one, row))));
    expect(Math.max(...all)).toBeLessThan(Math.max(...covered));
  });

  test("is the same for the same seed, and another for another", async () => {
    const few = { "coreset.share": 0.02 };
    const [first, again, other] = await Promise.all(
      [await learn(few, 1), await learn(few, 1), await learn(few, 2)].map((one) => scores(tiny, one, [0, 4])),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test("of one image works", async () => {
    const fitted = await learn({ "coreset.share": 1 }, 0, [2]);
    expect(fitted.facts).toEqual({ vectors: PATCHES });
    const [known] = await scores(tiny, fitted, [2]);
    expect(Math.max(...known!.patches)).toBe(0);
  });
});

test("features that never vary leave one vector and score 0", async () => {
  const flat = await tinyStore(patchcore(), 2, 0);
  const fitted = await fitPatchCore({ ...flat, images: [0, 1], recipe: patchcore(), seed: 0 });
  expect(fitted.facts).toEqual({ vectors: 1 });
  const [one] = await scores(flat, fitted, [0]);
  expect(one).toEqual({ patches: new Array(PATCHES).fill(0), score: undefined });
  await flat.remove();
});

test("progress starts at 0 and ends whole, phase by phase", async () => {
  const seen: { phase: string; done: number; total: number }[] = [];
  await fitPatchCore({
    ...tiny,
    images: [0, 1, 2],
    recipe: patchcore(),
    seed: 0,
    onProgress: (p) => seen.push(p),
  });
  for (const phase of ["patches", "coreset"]) {
    const own = seen.filter((one) => one.phase === phase);
    expect(own[0]!.done).toBe(0);
    expect(own.at(-1)!.done).toBe(own.at(-1)!.total);
  }
});

test("an abort throws the signal's reason", async () => {
  const abort = new AbortController();
  const reason = new Error("enough");
  abort.abort(reason);
  const run = fitPatchCore({
    ...tiny,
    images: [0],
    recipe: patchcore(),
    seed: 0,
    signal: abort.signal,
  });
  await expect(run).rejects.toBe(reason);
});

test("too little memory is said before anything is read", async () => {
  memory.total = 1000;
  const onProgress = vi.fn();
  const run = fitPatchCore({ ...tiny, images: [0], recipe: patchcore(), seed: 0, onProgress });
  await expect(run).rejects.toMatchObject({ code: "RSAD_MEMORY_LOW", received: "1 MiB" });
  expect(onProgress).not.toHaveBeenCalled();
  memory.total = undefined;
});
