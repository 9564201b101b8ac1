import { RsadError } from "../errors.ts";
import { checkFields } from "../fields.ts";
import { ensureWritableFolder } from "../files.ts";
import { describeCell, nameOfResult } from "./cell.ts";
import { checkSame } from "./check-same.ts";
import { type Collected, collectResults } from "./collect.ts";
import { readTiles, writeTiles } from "./figure/index.ts";
import { BenchmarkFolder, writeJson } from "./folder.ts";
import { withRunLock } from "./lock.ts";
import { readWanted, requireWanted, uniteWanted } from "./plan-file.ts";
import type { CellFailure, CellResult, Wanted } from "./results.ts";
import { type WrittenResults, writeResults } from "./write-results.ts";

export interface MergeRequest {
  /** The folder to write. */
  readonly output: string;
  /** The folders that runs have written. */
  readonly folders: readonly string[];
}

export interface MergeOutcome extends Collected, WrittenResults {}

/**
 * Unites the output folders of a run's shards, or of any runs on the same suite, in `output`, which may be one of them, and writes the
 * tables. Throws RSAD_ARGUMENT_INVALID, before anything is written, for a folder that is none of a benchmark's, for different suites,
 * for a cell that two folders have with different keys, since which one is right is for the user to say, and while a run uses `output`.
 */
export async function mergeBenchmarks(request: MergeRequest): Promise<MergeOutcome> {
  checkFields("mergeBenchmarks", request, { output: "path", folders: "list" });
  const { output, folders } = request;
  const folder = new BenchmarkFolder(output);
  const sources = folders.map((path) => new BenchmarkFolder(path));
  await gather(folder, sources);
  await ensureWritableFolder(output);
  const outcome = await withRunLock(folder.lock, {}, async () => {
    // Once more, now that no run adds to it.
    const { wanted, cells, failures } = await gather(folder, sources);
    await writeJson(folder.plan, wanted);
    for (const { cell, from } of cells) {
      const name = nameOfResult(cell);
      const tiles = from === folder ? undefined : await readTiles(from.tiles(name));
      if (tiles !== undefined) await writeTiles(folder.tiles(name), tiles);
      await folder.writeCell(name, cell);
    }
    for (const failure of failures) await folder.writeFailure(failure, failure);
    const collected = await collectResults(folder, wanted);
    return { ...collected, ...(await writeResults(folder, collected)) };
  });
  await folder.removeEmptyWork();
  return outcome;
}

interface Gathered {
  readonly wanted: Wanted;
  readonly cells: readonly { readonly cell: CellResult; readonly from: BenchmarkFolder }[];
  /** Of cells that no folder has. */
  readonly failures: readonly CellFailure[];
}

async function gather(out: BenchmarkFolder, shards: readonly BenchmarkFolder[]): Promise<Gathered> {
  const sources = (await readWanted(out)) === undefined ? shards : [out, ...shards];
  const wanted = await uniteAll(sources);
  const parts = await Promise.all(
    sources.map(async (from) => ({ from, results: (await collectResults(from, wanted)).results })),
  );
  const cells = new Map<string, Gathered["cells"][number]>();
  for (const { from, results } of parts) {
    for (const cell of results.cells) {
      const name = describeCell(nameOfResult(cell));
      const other = cells.get(name);
      if (other !== undefined && other.cell.key !== cell.key) throw conflict(name, other.from, from);
      // Of two that are the same, one may have been asked for the oracle, too.
      if (other === undefined || other.cell.oracle === undefined) cells.set(name, { cell, from });
    }
  }
  const failures = new Map<string, CellFailure>();
  for (const failure of parts.flatMap(({ results }) => results.failures)) {
    const name = describeCell(failure);
    if (!cells.has(name)) failures.set(name, failure);
  }
  return { wanted, cells: [...cells.values()], failures: [...failures.values()] };
}

async function uniteAll(sources: readonly BenchmarkFolder[]): Promise<Wanted> {
  let united: Wanted | undefined;
  for (const source of sources) {
    const wanted = await requireWanted(source);
    if (united !== undefined && united.suite.id !== wanted.suite.id) {
      throw new RsadError("RSAD_ARGUMENT_INVALID", {
        subject: source.path,
        expected: `results on the suite ${united.suite.id}`,
        received: `results on ${wanted.suite.id}`,
        hint: "Merge the folders of one suite at a time.",
      });
    }
    if (united !== undefined) checkSame(united, wanted, source.path);
    united = united === undefined ? wanted : uniteWanted(united, wanted);
  }
  return united!;
}

function conflict(name: string, first: BenchmarkFolder, second: BenchmarkFolder): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: `the cell ${name}`,
    expected: "the same data, network, recipe, threads and version in all folders",
    received: `different ones in ${first.path} and ${second.path}`,
    hint: "Leave one of the folders out, or compute the cell again in one of them with the settings of the other.",
  });
}
