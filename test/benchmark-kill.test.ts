import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BenchmarkRequest, BenchmarkResults, Variant } from "../src/benchmark/index.ts";
import { Random } from "../src/random.ts";
import { recipe } from "../src/recipes/index.ts";
import { bundle, removeBundle } from "./bundle.ts";
import { type Kill, runAndKill } from "./kill.ts";
import { SIZE, tinyRecipe } from "./tiny.ts";
import { type TinySuite, tinySuite } from "./tiny-suite.ts";

const KILLS = 5;
let suite: TinySuite;
let script: string;

beforeAll(async () => {
  script = await bundle("test/children/benchmark.ts", "src/benchmark/worker/worker-main.ts");
  suite = await tinySuite(["nut"]);
});
afterAll(async () => {
  await suite.remove();
  await removeBundle(script);
});

function request(name: string): Omit<BenchmarkRequest, "suite"> {
  const trained = tinyRecipe({ length: { steps: 12 }, holdout: 0 });
  const patchcore = recipe("patchcore", { preprocessing: { fit: "stretch", size: SIZE }, holdout: 0 });
  const variant = (id: string, recipe: Variant["recipe"]): Variant => ({ id, label: id, recipe, notes: [] });
  return {
    output: join(suite.path, name),
    backbones: [suite.backbone],
    variants: [variant("noise", trained), variant("patchcore", patchcore)],
    seeds: [0, 1],
    oracle: true,
    threads: 1,
    jobs: 2,
    staleSeconds: 2,
    checkpointSeconds: 0,
  };
}

/** Runs a benchmark, which may be killed. */
const run = (name: string, kill?: Kill) =>
  runAndKill(script, [suite.data, JSON.stringify(request(name))], kill);

/** What does not depend on how long things took. */
async function outcome(name: string) {
  const read = (file: string) => readFile(join(suite.path, name, file), "utf8");
  const { cells, ...results } = JSON.parse(await read("results.json")) as BenchmarkResults;
  const timeless = cells.map(({ seconds, peakBytes, ...cell }) => cell);
  return { csv: await read("results.csv"), results, cells: timeless };
}

test("a benchmark killed again and again, and started again, ends with the results of an undisturbed one", async () => {
  const undisturbed = await run("undisturbed");
  const expected = await outcome("undisturbed");
  expect(expected.cells).toHaveLength(4);
  expect(expected.results.failures).toEqual([]);
  expect(expected.cells.filter(({ oracle }) => oracle?.candidates === 12)).toHaveLength(2);

  const random = new Random(Date.now());
  const killedAfter: string[] = [];
  for (let attempt = 0; ; attempt++) {
    const moment = {
      lines: 1 + random.integer(Math.ceil(undisturbed.lines.length / 2)),
      delay: random.uniform(0, 50),
      all: attempt % 2 === 0,
    };
    const { lines, killed } = await run("killed", attempt < KILLS ? moment : undefined);
    if (!killed) break;
    killedAfter.push(lines.at(-1)!);
  }
  expect(killedAfter.length).toBeGreaterThan(0);
  expect(await outcome("killed"), killedAfter.join()).toEqual(expected);
  await expect(access(join(suite.path, "killed", "work"))).rejects.toThrow();
}, 300_000);
