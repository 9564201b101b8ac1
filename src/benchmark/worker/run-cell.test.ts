import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SIZE, tinyRecipe } from "../../../test/tiny.ts";
import { type TinySuite, tinySuite } from "../../../test/tiny-suite.ts";
import { openSuite } from "../../datasets/index.ts";
import { STATE_FILES } from "../../features/index.ts";
import { type Cell, nameOf } from "../cell.ts";
import { BenchmarkFolder } from "../folder.ts";
import { makePlan } from "../plan.ts";
import type { CellResult } from "../results.ts";
import { runCell } from "./run-cell.ts";

let suite: TinySuite;
let cell: Cell;
let first: CellResult;

beforeAll(async () => {
  suite = await tinySuite(["nut"]);
  const recipe = tinyRecipe({ preprocessing: { fit: "stretch", size: SIZE }, length: { steps: 3 } });
  const plan = await makePlan({
    suite: await openSuite("custom", suite.data),
    backbones: [suite.backbone],
    variants: [{ id: "default", label: "RSAD", recipe, notes: [] }],
    seeds: [0],
    threads: 1,
  });
  cell = plan.cells[0]!;
  first = await computeIn("first");
});
afterAll(() => suite.remove());

async function computeIn(name: string): Promise<CellResult> {
  const folder = new BenchmarkFolder(join(suite.path, name));
  const job = { folder: folder.path, cell, oracleCandidates: 0 };
  await runCell(job, { onProgress: () => {}, signal: new AbortController().signal });
  return (await folder.readCell(nameOf(cell))) as CellResult;
}

test("a cell tells what it was computed of", () => {
  expect(first).toMatchObject({
    key: cell.key,
    class: "nut",
    counts: { train: 8, trained: 6, testGood: 2, testDefect: 2 },
    steps: 3,
    measures: { image: { auroc: expect.any(Number) }, pixel: { aupro: expect.any(Number) } },
  });
});

test("a broken test image fails the cell before anything is trained", async () => {
  const { dataset } = cell;
  const broken = join(suite.path, "broken.png");
  await writeFile(broken, "no image");
  const test = dataset.test.map((sample, i) => (i === 1 ? { ...sample, path: broken } : sample));
  const phases: string[] = [];
  const job = {
    folder: join(suite.path, "broken"),
    cell: { ...cell, dataset: { ...dataset, test } },
    oracleCandidates: 0,
  };
  const watch = {
    onProgress: ({ phase }: { phase: string }) => phases.push(phase),
    signal: new AbortController().signal,
  };
  await expect(runCell(job, watch)).rejects.toMatchObject({ code: "RSAD_IMAGE_INVALID" });
  expect(phases).toEqual([]);
});

test("features and states that do not fit are computed anew", async () => {
  const folder = new BenchmarkFolder(join(suite.path, "damaged"));
  const [features, state] = [
    folder.featuresOf(cell.features),
    join(folder.workOf(cell.key, false), "model.state"),
  ];
  for (const place of [features, state]) await mkdir(place, { recursive: true });
  await writeFile(join(features, STATE_FILES.featuresKey), "of something else");
  await writeFile(join(features, STATE_FILES.features), "x");
  await writeFile(join(state, STATE_FILES.checkpoint), "damaged");
  const { measures, modelBytes } = await computeIn("damaged");
  expect({ measures, modelBytes }).toEqual({ measures: first.measures, modelBytes: first.modelBytes });
});
