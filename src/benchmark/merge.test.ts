import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { encodePng } from "../images/index.ts";
import { recipe } from "../recipes/index.ts";
import { nameOfResult } from "./cell.ts";
import { collectResults } from "./collect.ts";
import { readTiles, writeTiles } from "./figure/index.ts";
import { BenchmarkFolder, writeJson } from "./folder.ts";
import { withRunLock } from "./lock.ts";
import { mergeBenchmarks } from "./merge.ts";
import type { CellFailure, CellResult, Wanted } from "./results.ts";
import { BACKBONE, cell, variant } from "./tables/testing/results.ts";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "rsad-merge-"));
});
afterEach(() => rm(root, { recursive: true }));

const at = (name: string) => join(root, name);
const WANTED: Wanted = {
  format: 1,
  suite: { id: "custom", title: "Parts", classes: ["nut", "washer"], findings: [] },
  backbones: [BACKBONE],
  variants: [variant("default"), variant("dfm", { recipe: recipe("dfm") })],
  seeds: [0, 1],
};

/** A finished cell by class, variant and seed. */
function finished(
  className: string,
  of: "default" | "dfm",
  seed: number,
  key = `${className} ${of} ${seed}`,
) {
  const measures = { image: { auroc: 0.9 } };
  return { ...cell({ class: className, variant: of, seed, measures, recipe: recipe(of) }), key };
}

function failed(className: string, of: string, seed: number): CellFailure {
  return {
    suite: "custom",
    class: className,
    backbone: "tiny",
    variant: of,
    seed,
    code: "RSAD_INTERNAL",
    message: "no",
  };
}

/** An output folder with cells. */
async function folderOf(
  name: string,
  cells: readonly CellResult[],
  { failures = [], wanted = WANTED }: { failures?: readonly CellFailure[]; wanted?: Wanted } = {},
): Promise<BenchmarkFolder> {
  const folder = new BenchmarkFolder(at(name));
  await writeJson(folder.plan, wanted);
  for (const each of cells) await folder.writeCell(nameOfResult(each), each);
  for (const failure of failures) await folder.writeFailure(failure, failure);
  return folder;
}

const all = (seed: number) =>
  ["nut", "washer"].flatMap((name) => (["default", "dfm"] as const).map((of) => finished(name, of, seed)));

test("shards become what one run would have written", async () => {
  await folderOf("1", all(0));
  await folderOf("2", all(1));
  const { results, missing, outdated, files } = await mergeBenchmarks({
    output: at("all"),
    folders: [at("1"), at("2")],
  });
  expect([missing, outdated, results.failures]).toEqual([[], [], []]);
  expect(results.cells).toHaveLength(8);
  expect(JSON.parse(await readFile(files.results, "utf8"))).toEqual(results);

  await folderOf("whole", [...all(0), ...all(1)]);
  const whole = await mergeBenchmarks({ output: at("whole"), folders: [at("whole")] });
  expect(whole.results).toEqual(results);
  expect(whole.tables).toMatch(/^default +\*90\.0 ± 0\.0$/m);
  for (const kind of ["cells", "latex", "markdown", "page"] as const) {
    expect(await readFile(whole.files[kind], "utf8")).toBe(await readFile(files[kind], "utf8"));
  }
});

test("a folder can take up others, of other classes, variants and seeds", async () => {
  const [nut, washer] = [["nut"], ["washer"]].map((classes) => ({
    ...WANTED,
    suite: { ...WANTED.suite, classes },
  }));
  await folderOf("a", [finished("nut", "default", 0)], {
    wanted: { ...nut!, variants: WANTED.variants.slice(0, 1), seeds: [0] },
  });
  await folderOf("b", [finished("washer", "dfm", 1)], {
    wanted: { ...washer!, variants: WANTED.variants.slice(1), seeds: [1] },
  });
  const { results, missing } = await mergeBenchmarks({ output: at("a"), folders: [at("b")] });
  expect(results.suite.classes).toEqual(["nut", "washer"]);
  expect(results.variants.map(({ id }) => id)).toEqual(["default", "dfm"]);
  expect(results.seeds).toEqual([0, 1]);
  expect(results.cells.map((each) => each.key)).toEqual(["nut default 0", "washer dfm 1"]);
  expect(missing).toHaveLength(6);
});

test("a cell that failed in one folder and was finished in another is finished; its pictures come along", async () => {
  await folderOf("1", [], { failures: [failed("nut", "default", 0), failed("nut", "dfm", 0)] });
  const second = await folderOf("2", [finished("nut", "default", 0)]);
  const png = await encodePng({ width: 8, height: 8, data: new Uint8Array(192) });
  const tiles = { image: png, map: png };
  const name = nameOfResult(finished("nut", "default", 0));
  await writeTiles(second.tiles(name), tiles);
  const { results, files } = await mergeBenchmarks({ output: at("all"), folders: [at("1"), at("2")] });
  expect(results.cells.map(({ key }) => key)).toEqual(["nut default 0"]);
  expect(results.failures).toEqual([failed("nut", "dfm", 0)]);
  const copied = await readTiles(new BenchmarkFolder(at("all")).tiles(name));
  expect(Buffer.compare(copied!.map, png)).toBe(0);
  await access(files.figure!);
});

test("of a cell that two folders have, the one with an oracle counts, whichever comes first", async () => {
  const plain = finished("nut", "default", 0);
  const oracle = { measures: plain.measures, step: 3, candidates: 4 };
  await folderOf("plain", [plain]);
  await folderOf("watched", [{ ...plain, oracle }]);
  for (const [out, parts] of Object.entries({ a: ["plain", "watched"], b: ["watched", "plain"] })) {
    const { results } = await mergeBenchmarks({ output: at(out), folders: parts.map(at) });
    expect(results.cells).toMatchObject([{ oracle }]);
  }
});

test("a folder that a run uses is left as it is", async () => {
  await folderOf("1", [finished("nut", "default", 0)]);
  const used = await folderOf("2", [finished("nut", "default", 1)]);
  await withRunLock(used.lock, {}, async () => {
    await expect(mergeBenchmarks({ output: at("2"), folders: [at("1")] })).rejects.toMatchObject({
      code: "RSAD_ARGUMENT_INVALID",
      subject: at("2"),
      received: "one in use",
    });
  });
  await expect(access(join(at("2"), "results.json"))).rejects.toThrow();
  expect((await mergeBenchmarks({ output: at("2"), folders: [at("1")] })).results.cells).toHaveLength(2);
  await expect(access(used.work)).rejects.toThrow();
});

test("what contradicts itself is refused, by name, before anything is written", async () => {
  await folderOf("1", [finished("nut", "default", 0)]);
  await folderOf("2", [finished("nut", "default", 0, "another key")]);
  const others = { ...WANTED, variants: [variant("default", { recipe: recipe("noise", { batch: 3 }) })] };
  await folderOf("3", [], { wanted: others });
  await folderOf("4", [], { wanted: { ...WANTED, backbones: [{ ...BACKBONE, sha256: "f".repeat(64) }] } });
  await folderOf("5", [], { wanted: { ...WANTED, suite: { ...WANTED.suite, id: "mpdd" } } });
  for (const [second, subject] of [
    ["2", "the cell default on nut with tiny, seed 0"],
    ["3", `default in ${at("3")}`],
    ["4", `tiny in ${at("4")}`],
    ["5", at("5")],
    ["none", at("none")],
  ]) {
    await expect(
      mergeBenchmarks({ output: at("all"), folders: [at("1"), at(second!)] }),
    ).rejects.toMatchObject({
      code: "RSAD_ARGUMENT_INVALID",
      subject,
    });
  }
  await expect(access(at("all"))).rejects.toThrow();
});

test("results leave out what cannot be read, lies elsewhere or is of other settings than asked for, and say so", async () => {
  const folder = await folderOf("1", [...all(0), ...all(1)]);
  const [copied, place] = [finished("nut", "default", 0), nameOfResult(finished("nut", "default", 1))];
  await writeJson(folder.cell(place), copied);
  await writeFile(folder.cell(nameOfResult(finished("nut", "dfm", 0))), '{"format":1');
  const other = recipe("dfm", { variance: 0.5 });
  const odd = { ...finished("nut", "dfm", 1), recipe: other };
  await folder.writeCell(nameOfResult(odd), odd);
  const { results, missing, outdated } = await collectResults(folder, WANTED);
  expect(results.cells).toHaveLength(5);
  expect(missing.map(({ class: name, variant, seed }) => [name, variant, seed])).toEqual([
    ["nut", "default", 1],
    ["nut", "dfm", 0],
    ["nut", "dfm", 1],
  ]);
  const places = [0, 1].map((seed) => nameOfResult(finished("nut", "dfm", seed)));
  expect(outdated).toEqual([place, ...places].map((each) => folder.cell(each)));
});
