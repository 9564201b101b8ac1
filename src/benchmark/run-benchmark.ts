import type { BackboneSpec } from "../backbones/index.ts";
import { RsadError } from "../errors.ts";
import { checkFields, type Fields } from "../fields.ts";
import { ensureWritableFolder } from "../files.ts";
import { learnsInSteps } from "../recipes/index.ts";
import { type Collected, collectResults } from "./collect.ts";
import type { OnBenchmarkEvent } from "./events.ts";
import { BenchmarkFolder } from "./folder.ts";
import { withRunLock } from "./lock.ts";
import { makePlan, type Plan, type PlanRequest } from "./plan.ts";
import { addWanted, checkSuite } from "./plan-file.ts";
import { DEFAULT_THREADS, defaultJobs, defaultMemory } from "./resources.ts";
import type { Variant, Wanted } from "./results.ts";
import { RESULTS_FORMAT } from "./results.ts";
import { CellRun } from "./run-cells.ts";
import { METHOD_NAMES, methodVariants } from "./variants.ts";
import { type WrittenResults, writeResults } from "./write-results.ts";

export interface BenchmarkRequest extends Pick<PlanRequest, "suite" | "shard" | "signal"> {
  /** The folder to write; what it holds of an earlier run is gone on with. */
  readonly output: string;
  /** What to compare; all methods if left out. */
  readonly variants?: readonly Variant[] | undefined;
  /** The embedded one if left out. */
  readonly backbones?: readonly BackboneSpec[] | undefined;
  /** 0 to 4 if left out. */
  readonly seeds?: readonly number[] | undefined;
  /** Threads of each cell; 2 if left out. */
  readonly threads?: number | undefined;
  /**
   * Measure methods that learn step by step on the test set while they train, too, and report the best moment; refused
   * where there is no such method.
   */
  readonly oracle?: boolean | undefined;
  /** Cells at a time; as many as the cores have room for if left out. */
  readonly jobs?: number | undefined;
  /** Bytes for all cells at a time; three quarters of what there is if left out. */
  readonly memory?: number | undefined;
  /** Seconds after which a killed run's hold on the folder ends; 5 if left out, at least 2. */
  readonly staleSeconds?: number | undefined;
  /** Seconds between a training's checkpoints; 30 if left out. */
  readonly checkpointSeconds?: number | undefined;
  readonly onEvent?: OnBenchmarkEvent | undefined;
}

const FIELDS: Fields<BenchmarkRequest> = {
  suite: "object",
  output: "path",
  shard: "object?",
  variants: "list?",
  backbones: "list?",
  seeds: "list?",
  threads: "number?",
  oracle: "flag?",
  jobs: "number?",
  memory: "number?",
  staleSeconds: "number?",
  checkpointSeconds: "number?",
  onEvent: "function?",
  signal: "signal?",
};

export interface BenchmarkOutcome extends Collected, WrittenResults {
  /** Cells of this run that failed. */
  readonly failed: number;
}

/**
 * Trains and measures every variant on every class with every backbone and seed, each combination (cell) in a process of its
 * own, and writes the tables. What is finished is kept, in whatever order and by however many runs; a cell whose data,
 * network, recipe, threads or version have changed is computed anew. A cell that fails is recorded, and the others go on; a later
 * run tries it again. The results are those of all runs in the folder together.
 *
 * An abort lets running cells save their state and throws the signal's reason. Throws
 * RSAD_ARGUMENT_INVALID for two backbones of the same name, an oracle where no variant learns step by step and for an
 * output folder of another suite or in use by another run, RSAD_DATASET_EMPTY for a class without test images, what
 * opening backbones and images throws, RSAD_DISK_FULL, RSAD_PERMISSION_DENIED.
 */
export async function runBenchmark(request: BenchmarkRequest): Promise<BenchmarkOutcome> {
  checkFields("runBenchmark", request, FIELDS);
  const { output, staleSeconds, checkpointSeconds, signal, onEvent, oracle = false } = request;
  const { suite, backbones = [{ kind: "embedded" }], seeds = [0, 1, 2, 3, 4] } = request;
  const { variants = methodVariants(METHOD_NAMES) } = request;
  const compared = { suite, variants, backbones, seeds };
  const { threads = DEFAULT_THREADS, jobs = defaultJobs(threads), memory = defaultMemory() } = request;
  if (oracle) checkMoments(variants);
  const folder = new BenchmarkFolder(output);
  await ensureWritableFolder(output);
  const onWait = () => onEvent?.({ kind: "waiting" });
  const outcome = await withRunLock(folder.lock, { staleSeconds, signal, onWait }, async () => {
    await checkSuite(folder, suite.id);
    const plan = await makePlan({ ...compared, threads, shard: request.shard, signal });
    const wanted = await addWanted(folder, wantedBy(compared, plan));
    const failed = await new CellRun({
      folder,
      cells: plan.cells,
      oracle,
      jobs,
      memory,
      checkpointSeconds,
      signal,
      onEvent,
    }).all();
    const collected = await collectResults(folder, wanted);
    const { results, missing, outdated } = collected;
    if (results.failures.length + missing.length + outdated.length === 0) await folder.removeAllWork();
    return { ...collected, failed, ...(await writeResults(folder, collected)) };
  });
  await folder.removeEmptyWork();
  return outcome;
}

/** An oracle chooses among moments of a training. */
function checkMoments(variants: readonly Variant[]): void {
  if (variants.some(({ recipe }) => learnsInSteps(recipe))) return;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "--oracle",
    expected: "a method that learns step by step",
    received: [...new Set(variants.map(({ recipe }) => recipe.method))].join(", "),
    hint: "Leave the oracle out, or compare with default, noise, paper or simplenet.",
  });
}

function wantedBy({ suite, variants, seeds }: Omit<PlanRequest, "threads">, { backbones }: Plan): Wanted {
  return {
    format: RESULTS_FORMAT,
    suite: {
      id: suite.id,
      title: suite.title,
      classes: suite.classes.map(({ name }) => name),
      findings: suite.findings.map(({ subject, message }) => `${subject}: ${message}`),
    },
    backbones,
    variants,
    seeds,
  };
}
