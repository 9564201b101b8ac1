import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tinyBackbone } from "../../test/tiny.ts";
import { scores, type TinyStore, tinyStore } from "../features/testing/tiny-store.ts";
import { type HybridRecipe, METHODS, recipe } from "../recipes/index.ts";
import { fitHybrid, type HybridFitRequest } from "./fit.ts";

const IMAGES = 6;
const settings = (overrides: Readonly<Record<string, unknown>> = {}): HybridRecipe =>
  recipe(METHODS.hybrid, {
    preprocessing: { fit: "stretch", size: 32 },
    "whitening.components": 6,
    "painting.images": 6,
    memory: { vectors: 40, components: 4 },
    "discriminator.hidden": [8],
    "length.steps": 20,
    patches: 32,
    ...overrides,
  });

let tiny: TinyStore;
let runs = 0;
beforeAll(async () => {
  tiny = await tinyStore(settings(), IMAGES);
});
afterAll(() => tiny.remove());

async function learn(
  overrides: Readonly<Record<string, unknown>> = {},
  change: Partial<HybridFitRequest> = {},
) {
  const folder = join(tiny.folder, `run-${runs++}`);
  await mkdir(folder);
  return fitHybrid({
    ...tiny,
    images: [0, 1, 2, 3],
    held: [4, 5],
    recipe: settings(overrides),
    seed: 0,
    backbone: tinyBackbone(),
    folder,
    lossLog: join(folder, "losses.jsonl"),
    ...change,
  });
}

const without = { painting: "none", memory: "none" };
const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const all = (found: readonly { patches: readonly number[] }[]) => found.flatMap(({ patches }) => patches);

describe("what was learned", () => {
  test.each([
    ["whole", {}, { components: 6, vectors: 40, painted_images: 6 }],
    ["without painting", { painting: "none" }, { components: 6, vectors: 40 }],
    ["without a memory", { memory: "none" }, { components: 6, painted_images: 6 }],
    ["without either", without, { components: 6 }],
    [
      "with more asked than there is",
      { "whitening.components": 99, "memory.components": 99 },
      { components: 9, vectors: 40, painted_images: 6 },
    ],
  ])("%s: facts, losses, and a finite score of every patch", async (_, overrides, facts) => {
    const fitted = await learn(overrides);
    const { explained_variance, ...counts } = fitted.facts;
    expect(counts).toEqual(facts);
    if (facts.components === 9) expect(explained_variance).toBeCloseTo(1, 3);
    else expect(explained_variance).toBeLessThan(0.9999);
    expect(fitted.losses.map(({ step }) => step)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(fitted.deviation).toBeGreaterThan(0);
    const [one] = await scores(tiny, fitted, [4]);
    expect(one!.patches).toHaveLength(64);
    expect(one!.patches.every(Number.isFinite)).toBe(true);
    expect(one!.score).toBeUndefined();
  });

  test("scores of one part have the held-out patches' median at 0 and their 99 % quantile at 1", async () => {
    const fitted = await learn(without);
    const values = sorted(all(await scores(tiny, fitted, [4, 5])));
    expect(values[Math.floor(values.length / 2)]).toBeCloseTo(0, 4);
    expect(values[Math.floor((values.length - 1) * 0.99)]).toBeCloseTo(1, 4);
  });

  test("snapshots see the head on the way, which the last one equals", async () => {
    const seen: number[][] = [];
    const onSnapshot = async (_step: number, head: Awaited<ReturnType<typeof learn>>["head"]) => {
      seen.push(all(await scores(tiny, { head }, [4])));
    };
    const fitted = await learn({}, { snapshots: { steps: [5, 20], onSnapshot } });
    expect(seen).toHaveLength(2);
    expect(seen[1]).toEqual(all(await scores(tiny, fitted, [4])));
    expect(seen[0]).not.toEqual(seen[1]);
  });
});

describe("with no images held out", () => {
  test.each([
    ["none", []],
    ["nothing said", undefined],
  ])("(%s) training images stand in: their scores have about the median 0 for each part", async (_, held) => {
    const fitted = await learn(without, { held });
    const values = sorted(all(await scores(tiny, fitted, [0, 1, 2, 3])));
    expect(Math.abs(values[values.length / 2]!)).toBeLessThan(0.3);
    expect(values[Math.floor((values.length - 1) * 0.99)]!).toBeGreaterThan(0.5);
    expect(values[Math.floor((values.length - 1) * 0.99)]!).toBeLessThan(2);
  });

  test("a bank that could hold every patch does not drown the other parts", async () => {
    const fitted = await learn({ memory: { vectors: 4000, components: 4 } }, { held: [] });
    expect(fitted.facts.vectors).toBeLessThanOrEqual(4 * 64);
    // A new image, in units of good patches' reach.
    const [unseen] = await scores(tiny, fitted, [5]);
    expect(Math.max(...unseen!.patches.map(Math.abs))).toBeLessThan(100);
  });
});

test("where painting gives no defective patch, that is said", async () => {
  await expect(learn({ painting: { images: 1, coverage: 0.9999 } })).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
  });
});
