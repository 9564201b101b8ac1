import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { recipe } from "../recipes/index.ts";
import { type Cell, nameOf } from "./cell.ts";
import type { BenchmarkEvent } from "./events.ts";
import { BenchmarkFolder } from "./folder.ts";
import type { CellResult } from "./results.ts";
import { CellRun } from "./run-cells.ts";
import type { CellJob } from "./worker/protocol.ts";
import { startCell } from "./worker/start-cell.ts";

vi.mock("./worker/start-cell.ts");

let folder: BenchmarkFolder;
let started: string[];
beforeEach(async () => {
  folder = new BenchmarkFolder(await mkdtemp(join(tmpdir(), "rsad-cells-")));
  started = [];
  vi.mocked(startCell).mockImplementation((job: CellJob) => {
    started.push(job.cell.variant.id);
    const { id } = job.cell.variant;
    const ended = id.startsWith("bad")
      ? Promise.resolve({ kind: "failed", code: "RSAD_INTERNAL", message: "no" } as const)
      : (id === "lost" ? Promise.resolve() : folder.writeCell(nameOf(job.cell), result(job.cell))).then(
          () => ({ kind: "done" }) as const,
        );
    return { ready: Promise.resolve(), ended, stop: () => {} };
  });
});
afterEach(() => rm(folder.path, { recursive: true }));

const backbone = { id: "net", name: "net", sha256: "00", taps: ["a"] };

function cell(variant: string, key: string): Cell {
  return {
    suite: "custom",
    class: "part",
    dataset: { root: "part", layout: "mvtec", train: [], test: [] },
    backbone,
    spec: { kind: "embedded" },
    variant: { id: variant, label: variant, recipe: recipe("default"), notes: [] },
    seed: 0,
    shown: false,
    threads: 1,
    key,
    kind: `${variant} net`,
    features: "features",
  };
}

function result({ key, variant }: Cell): CellResult {
  return {
    format: 1,
    key,
    suite: "custom",
    class: "part",
    backbone,
    variant: variant.id,
    seed: 0,
    recipe: variant.recipe,
    counts: { train: 4, trained: 4, testGood: 1, testDefect: 1 },
    measures: { image: { auroc: 0.5 } },
    types: [],
    facts: {},
    parameters: {},
    modelBytes: 1,
    seconds: { features: 1, training: 1, evaluation: 1, inspection: 1 },
    peakBytes: 1,
    environment: { rsad: "0", node: "0", onnxruntime: "0", platform: "x", arch: "x", threads: 1 },
  };
}

async function compute(
  cells: readonly Cell[],
  oracle = false,
): Promise<{ failed: number; events: BenchmarkEvent[] }> {
  const events: BenchmarkEvent[] = [];
  const onEvent = (event: BenchmarkEvent) => events.push(event);
  const run = new CellRun({ folder, cells, oracle, jobs: 2, memory: 2 ** 40, onEvent });
  return { failed: await run.all(), events };
}

test("cells that come to the same are computed once, and each has its result", async () => {
  const cells = [cell("aligner-mona", "k1"), cell("width-64", "k1"), cell("width-32", "k2")];
  const { failed, events } = await compute(cells);
  expect(failed).toBe(0);
  expect(started.sort()).toEqual(["aligner-mona", "width-32"]);
  for (const each of cells)
    expect(await folder.readCell(nameOf(each))).toMatchObject({ key: each.key, variant: each.variant.id });
  const last = events.at(-1);
  expect(last).toMatchObject({ kind: "finished", standing: { done: 3, total: 3 } });
});

test("a cell that comes to the same as a finished one is not computed", async () => {
  await compute([cell("aligner-mona", "k1")]);
  started = [];
  const { events } = await compute([cell("aligner-mona", "k1"), cell("width-64", "k1")]);
  expect(started).toEqual([]);
  expect(events[0]).toMatchObject({ kind: "kept", cells: 1, standing: { done: 1, total: 2 } });
  expect(await folder.readCell(nameOf(cell("width-64", "k1")))).toMatchObject({ variant: "width-64" });
});

test("what fails fails for all that come to the same", async () => {
  const cells = [cell("bad-1", "k1"), cell("bad-2", "k1")];
  expect((await compute(cells)).failed).toBe(2);
  expect(started).toEqual(["bad-1"]);
  for (const each of cells)
    expect(await folder.readFailure(nameOf(each))).toMatchObject({ variant: each.variant.id });
});

test.each([
  ["is computed anew", 0.5, ["default"]],
  ["stays where no image AUROC could choose a moment", undefined, []],
])("a cell without an oracle that is asked for %s", async (_what, auroc, expected) => {
  const asked = cell("default", "k1");
  await folder.writeCell(nameOf(asked), { ...result(asked), measures: { image: { auroc } } });
  await compute([asked], true);
  expect(started).toEqual(expected);
});

test("a cell that fails while the oracle is added to it stays as it was; one of other settings goes", async () => {
  const [same, other] = [cell("bad-1", "k1"), cell("bad-2", "k2")];
  await folder.writeCell(nameOf(same), result(same));
  await folder.writeCell(nameOf(other), { ...result(other), key: "old" });
  expect((await compute([same, other], true)).failed).toBe(2);
  expect(await folder.readCell(nameOf(same))).toEqual(result(same));
  expect(await folder.readCell(nameOf(other))).toBeUndefined();
});

test("a cell whose result cannot be read has failed, and the others go on", async () => {
  const cells = [cell("lost", "k1"), cell("default", "k2")];
  await folder.writeCell(nameOf(cells[0]!), { ...result(cells[0]!), key: "of other settings" });
  expect((await compute(cells)).failed).toBe(1);
  expect(await folder.readFailure(nameOf(cells[0]!))).toMatchObject({ code: "RSAD_PROCESS_DIED" });
  expect(await folder.readCell(nameOf(cells[1]!))).toMatchObject({ key: "k2" });
});
