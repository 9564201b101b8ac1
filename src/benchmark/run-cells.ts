import { learnsInSteps } from "../recipes/index.ts";
import { type Cell, nameOf } from "./cell.ts";
import { Estimates } from "./estimates.ts";
import type { OnBenchmarkEvent, Standing } from "./events.ts";
import type { BenchmarkFolder } from "./folder.ts";
import type { CellFailure, CellResult } from "./results.ts";
import { type Running, schedule } from "./scheduler.ts";
import type { CellOutcome } from "./worker/protocol.ts";
import { startCell } from "./worker/start-cell.ts";

const NO_RESULT = {
  code: "RSAD_PROCESS_DIED",
  message: "The cell's process ended well, but its result cannot be read.",
};

/** Moments of training at which the test set is measured for the oracle. */
const ORACLE_CANDIDATES = 40;

export interface CellRunRequest {
  readonly folder: BenchmarkFolder;
  readonly cells: readonly Cell[];
  /** Of trained methods, measure moments of training too. */
  readonly oracle: boolean;
  readonly jobs: number;
  /** Bytes for all cells at a time. */
  readonly memory: number;
  readonly checkpointSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: OnBenchmarkEvent | undefined;
}

/** Computes those cells of a plan that are not there yet; of several that come to the same, one. */
export class CellRun {
  readonly #request: CellRunRequest;
  readonly #estimates = new Estimates();
  readonly #unfinished: Set<Cell>;
  readonly #startedAt = new Map<Cell, number>();
  #failed = 0;

  constructor(request: CellRunRequest) {
    this.#request = request;
    this.#unfinished = new Set(request.cells);
  }

  /** Returns how many failed. What it throws is no cell's own failure. */
  async all(): Promise<number> {
    const { folder, cells, jobs, memory, signal, onEvent } = this.#request;
    const finished: CellResult[] = [];
    for (const cell of cells) {
      const result = await this.#finished(cell);
      if (result === undefined) continue;
      this.#unfinished.delete(cell);
      finished.push(result);
    }
    onEvent?.({ kind: "kept", cells: finished.length, standing: this.#standing() });
    for (const result of finished) await this.#share(result);
    const tasks = this.#tasks();
    await folder.removeFeatures((key) => !tasks.some(({ features }) => features === key));
    await schedule<Cell, CellOutcome>({
      tasks,
      jobs,
      memory,
      bytesOf: this.#estimates.bytesOf,
      start: (cell) => this.#start(cell),
      onEnd: (cell, outcome) => this.#end(cell, outcome),
      onUnused: (unused) => folder.removeFeatures((key) => key === unused),
      signal,
    });
    return this.#failed;
  }

  async #finished(cell: Cell): Promise<CellResult | undefined> {
    const { folder, onEvent } = this.#request;
    const name = nameOf(cell);
    const there = await folder.readCell(name);
    if (there === undefined) return undefined;
    const reason = this.#whyAnew(cell, there);
    if (reason !== undefined) {
      onEvent?.({ kind: "anew", cell: name, reason });
      return undefined;
    }
    const result = there as CellResult;
    const { features, training, evaluation } = result.seconds;
    this.#estimates.add(cell.kind, { bytes: result.peakBytes, seconds: features + training + evaluation });
    // A process that was killed just before it was done left it.
    await folder.removeWork(cell.key);
    return result;
  }

  /** Gives a finished cell's result to those that come to the same. */
  async #share(result: CellResult): Promise<void> {
    const { folder, onEvent } = this.#request;
    for (const cell of this.#twins(result.key)) {
      const name = nameOf(cell);
      const { id, name: backboneName } = cell.backbone;
      const backbone = { ...result.backbone, id, name: backboneName };
      const own: CellResult = { ...result, ...name, suite: cell.suite, backbone };
      await folder.writeCell(name, own);
      this.#unfinished.delete(cell);
      onEvent?.({ kind: "finished", cell: name, result: own, seconds: 0, standing: this.#standing() });
    }
  }

  /** What is to be computed: of unfinished cells that come to the same, the first. */
  #tasks(): Cell[] {
    const seen = new Set<string>();
    return [...this.#unfinished].filter(({ key }) => !seen.has(key) && seen.add(key));
  }

  #twins(key: string): Cell[] {
    return [...this.#unfinished].filter((cell) => cell.key === key);
  }

  #whyAnew(cell: Cell, there: CellResult | "damaged"): string | undefined {
    if (there === "damaged") return "its file cannot be read";
    if (there.key !== cell.key) return "its data, network, recipe, threads or version are others now";
    const { auroc } = there.measures.image;
    if (this.#candidates(cell) > 0 && auroc !== undefined && there.oracle === undefined)
      return "it was computed without the oracle";
    return undefined;
  }

  #candidates({ variant }: Cell): number {
    return this.#request.oracle && learnsInSteps(variant.recipe) ? ORACLE_CANDIDATES : 0;
  }

  #start(cell: Cell): Running<CellOutcome> {
    const { folder, checkpointSeconds, onEvent } = this.#request;
    this.#startedAt.set(cell, performance.now());
    const job = { folder: folder.path, cell, oracleCandidates: this.#candidates(cell), checkpointSeconds };
    return startCell(job, (progress) =>
      onEvent?.({ kind: "progress", cell: nameOf(cell), progress, standing: this.#standing() }),
    );
  }

  async #end(cell: Cell, outcome: CellOutcome): Promise<void> {
    if (outcome.kind === "stopped") return;
    if (outcome.kind === "failed") return this.#fail(cell, outcome);
    const result = await this.#request.folder.readCell(nameOf(cell));
    if (result === undefined || result === "damaged" || result.key !== cell.key) {
      await this.#fail(cell, NO_RESULT);
    } else await this.#finish(cell, result);
  }

  async #finish(cell: Cell, result: CellResult): Promise<void> {
    const seconds = (performance.now() - this.#startedAt.get(cell)!) / 1000;
    this.#unfinished.delete(cell);
    this.#estimates.add(cell.kind, { bytes: result.peakBytes, seconds });
    const standing = this.#standing();
    this.#request.onEvent?.({ kind: "finished", cell: nameOf(cell), result, seconds, standing });
    await this.#share(result);
  }

  async #fail(cell: Cell, { code, message }: Pick<CellFailure, "code" | "message">): Promise<void> {
    const { folder, onEvent } = this.#request;
    for (const twin of this.#twins(cell.key)) {
      const name = nameOf(twin);
      const failure: CellFailure = { suite: twin.suite, ...name, code, message };
      await folder.writeFailure(name, failure, twin.key);
      this.#unfinished.delete(twin);
      this.#failed += 1;
      onEvent?.({ kind: "failed", cell: name, failure, standing: this.#standing() });
    }
  }

  #standing(): Standing {
    const kinds = this.#tasks().map(({ kind }) => kind);
    const total = this.#request.cells.length;
    return {
      done: total - this.#unfinished.size,
      total,
      left: this.#estimates.secondsLeft(kinds, this.#request.jobs),
    };
  }
}
