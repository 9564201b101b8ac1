import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TinySuite, tinySuite } from "../../test/tiny-suite.ts";
import { openSuite, type Suite } from "../datasets/index.ts";
import type { MaskRule } from "../images/index.ts";
import { recipe } from "../recipes/index.ts";
import { type Cell, describeCell, nameOf } from "./cell.ts";
import { makePlan, type PlanRequest } from "./plan.ts";
import type { Variant } from "./results.ts";

let folder: TinySuite;
let suite: Suite;

beforeAll(async () => {
  folder = await tinySuite(["nut", "washer"]);
  suite = await openSuite("custom", folder.data);
});
afterAll(() => folder.remove());

const variant = (id: string, of: Variant["recipe"], change: Partial<Variant> = {}): Variant => ({
  id,
  label: id,
  recipe: of,
  notes: [],
  ...change,
});
const size = (size: number) => ({ preprocessing: { fit: "stretch", size } });

function request(change: Partial<PlanRequest> = {}): PlanRequest {
  return {
    suite,
    backbones: [folder.backbone],
    variants: [
      variant("small", recipe("noise", size(32))),
      variant("large", recipe("noise", size(64))),
      variant("core", recipe("patchcore", size(32))),
    ],
    seeds: [0, 1],
    threads: 1,
    ...change,
  };
}

const plan = async (change: Partial<PlanRequest> = {}) => (await makePlan(request(change))).cells;
const names = (cells: readonly Cell[]) =>
  cells.map(({ class: className, variant, seed }) => `${className} ${variant.id} ${seed}`);

test("class by class, cells that share features one after the other, and of these seed by seed", async () => {
  const cells = await plan();
  const ofOne = ["small 0", "core 0", "small 1", "core 1", "large 0", "large 1"];
  expect(names(cells)).toEqual(["nut", "washer"].flatMap((name) => ofOne.map((rest) => `${name} ${rest}`)));
  expect(new Set(cells.map(({ features }) => features)).size).toBe(4);
  expect(new Set(cells.map(({ key }) => key)).size).toBe(cells.length);
  expect(cells.filter(({ shown }) => shown).every(({ seed }) => seed === 0)).toBe(true);
});

test("shards share the cells out, each once; all variants of a class and seed stay together", async () => {
  const all = names(await plan());
  for (const count of [2, 3, 5]) {
    const parts = [];
    for (let index = 1; index <= count; index++) parts.push(names(await plan({ shard: { index, count } })));
    expect(parts.flat().sort()).toEqual([...all].sort());
    for (const part of parts) expect(part.length % 3).toBe(0);
    expect(
      Math.max(...parts.map((part) => part.length)) - Math.min(...parts.map((part) => part.length)),
    ).toBeLessThanOrEqual(3);
  }
});

test("a cell's key does not depend on the plan around it, nor on what things are called", async () => {
  const keys = async (change: Partial<PlanRequest>) =>
    new Map((await plan(change)).map((cell) => [describeCell(nameOf(cell)), cell.key]));
  const all = await keys({});
  const few = await keys({
    seeds: [1],
    variants: request().variants.slice(2),
    shard: { index: 2, count: 2 },
  });
  expect(few.size).toBe(1);
  for (const [name, key] of few) expect(all.get(name)).toBe(key);
  const renamed = await plan({
    backbones: [{ ...folder.backbone, name: "other" }],
    variants: request().variants.map((each) => ({ ...each, id: `x-${each.id}`, label: "x", notes: ["x"] })),
  });
  expect(renamed.map(({ key }) => key)).toEqual([...all.values()]);
});

test("a cell's key depends on recipe, taps, number of images, seed, threads, network and normalisation", async () => {
  const only = { seeds: [0], suite: { ...suite, classes: suite.classes.slice(0, 1) } };
  const key = async (change: Partial<PlanRequest>) => (await plan({ ...only, ...change }))[0]!.key;
  const small = request().variants[0]!;
  const { backbone } = folder;
  const { normalisation } = backbone;
  const keys = [
    await key({}),
    await key({ seeds: [1] }),
    await key({ threads: 2 }),
    await key({ variants: [variant("small", recipe("noise", { ...size(32), batch: 5 }))] }),
    await key({ variants: [{ ...small, trainImages: 5 }] }),
    await key({ variants: [{ ...small, taps: ["second"] }] }),
    await key({ backbones: [{ ...backbone, taps: ["first"] }] }),
    await key({ backbones: [{ ...backbone, normalisation: { ...normalisation, scale: 2 } }] }),
    await key({ backbones: [{ kind: "embedded" }] }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

test("a cell's key depends on every image and mask, and what is expected of it", async () => {
  const own = await tinySuite(["nut"]);
  try {
    const key = async () => (await plan({ suite: await openSuite("custom", own.data), seeds: [0] }))[0]!.key;
    const keys = [await key()];
    for (const file of [
      "train/good/000.png",
      "test/good/000.png",
      "test/spot/001.png",
      "ground_truth/spot/000.png",
    ]) {
      const path = join(own.data, "nut", file);
      await writeFile(path, Buffer.concat([await readFile(path), Buffer.of(0)]));
      keys.push(await key());
    }
    expect(new Set(keys).size).toBe(keys.length);
  } finally {
    await own.remove();
  }
});

test("a cell's key depends on how masks are read", async () => {
  const key = async (maskRule?: MaskRule) => {
    const { name, dataset } = suite.classes[0]!;
    const test = dataset.test.map((sample) => ({ ...sample, ...(maskRule && { maskRule }) }));
    return (await plan({ suite: { ...suite, classes: [{ name, dataset: { ...dataset, test } }] } }))[0]!.key;
  };
  expect(await key("half")).toBe(await key());
  expect(await key("nonzero")).not.toBe(await key());
});

test("features are of their own where the network sees other images or threads, not where the method is another", async () => {
  const features = async (change: Partial<PlanRequest>) => (await plan(change))[0]!.features;
  const [small, large, core] = request().variants;
  const same = await features({ variants: [small!] });
  expect(await features({ variants: [core!] })).toBe(same);
  expect(await features({ variants: [{ ...small!, trainImages: 5 }] })).toBe(same);
  expect(await features({ seeds: [3] })).toBe(same);
  expect(await features({ variants: [large!] })).not.toBe(same);
  expect(await features({ threads: 2 })).not.toBe(same);
  const aggregation = { kind: "average", neighbourhood: 5 };
  expect(
    await features({ variants: [variant("wide", recipe("noise", { ...size(32), aggregation }))] }),
  ).not.toBe(same);
});

test("two backbones of one name, a class without test images, and layers of a network that has none are refused", async () => {
  const { backbone } = folder;
  await expect(plan({ backbones: [backbone, { ...backbone, taps: ["first"] }] })).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
    received: "tiny twice",
  });
  const [first] = suite.classes;
  const untested = { name: "x", dataset: { ...first!.dataset, test: [] } };
  await expect(plan({ suite: { ...suite, classes: [untested] } })).rejects.toMatchObject({
    code: "RSAD_DATASET_EMPTY",
  });
  const taps = { ...request().variants[0]!, taps: ["layer2"] };
  await expect(plan({ backbones: [{ kind: "embedded" }], variants: [taps] })).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
  });
});
