import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { checkTestImages, evaluateModel, openModel } from "../../assessment/index.ts";
import { median } from "../../calibration/index.ts";
import type { Dataset } from "../../datasets/index.ts";
import { type TrainExtras, type TrainRequest, type TrainResult, trainWith } from "../../detectors/index.ts";
import { RsadError } from "../../errors.ts";
import type { Evaluation } from "../../evaluation/index.ts";
import type { OnProgress } from "../../progress.ts";
import { VERSION } from "../../version.ts";
import { type Cell, nameOf, runtimeVersion } from "../cell.ts";
import { TileCollector, writeTiles } from "../figure/index.ts";
import { BenchmarkFolder, readJson, writeJson } from "../folder.ts";
import { type CellResult, RESULTS_FORMAT } from "../results.ts";
import { measuresOf } from "./measures.ts";
import { candidateSteps, Oracle } from "./oracle.ts";
import { PhaseClock } from "./phase-clock.ts";
import type { CellJob } from "./protocol.ts";

export interface Watch {
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

/**
 * Trains and evaluates one cell and writes its file; goes on where a process that was killed stopped. Whatever it keeps until
 * then lies in the cell's folder below `work`, but for the features, which other cells share.
 */
export async function runCell(job: CellJob, watch: Watch): Promise<void> {
  const { folder: root, cell, oracleCandidates, checkpointSeconds } = job;
  const folder = new BenchmarkFolder(root);
  const work = folder.workOf(cell.key, oracleCandidates > 0);
  const features = folder.featuresOf(cell.features);
  const clock = new PhaseClock();
  const onProgress: OnProgress = (progress) => {
    clock.onProgress(progress);
    watch.onProgress(progress);
  };
  const { signal } = watch;

  await checkOnce(cell.dataset, features, signal);
  const { recipe } = cell.variant;
  const oracle = oracleCandidates > 0 ? await Oracle.open(cell, work, signal) : undefined;
  const trained = await trainCell(
    {
      data: cell.dataset,
      output: join(work, "model.onnx"),
      featuresDir: features,
      recipe,
      backbone: cell.spec,
      seed: cell.seed,
      threads: cell.threads,
      onProgress,
      signal,
    },
    {
      trainImages: cell.variant.trainImages,
      // Should this process be killed while it evaluates, the next one finds training at its end.
      keepState: true,
      checkpointSeconds,
      snapshots: oracle && {
        steps: (total) => candidateSteps(total, oracleCandidates),
        onSnapshot: async (step, model) => {
          const start = performance.now();
          await oracle.add(step, model);
          clock.leaveOut(performance.now() - start);
        },
      },
    },
  );
  const seconds = {
    features: await remember(features, clock.seconds("features")),
    training: await remember(
      work,
      clock.secondsWithPreparation("training", "features") ?? untilFitted(trained),
    ),
  };

  const model = await openModel(trained.modelPath, { threads: cell.threads });
  try {
    const start = performance.now();
    const tiles = new TileCollector(cell.shown ? cell.dataset.test : []);
    const evaluation = await evaluateModel(model, cell.dataset, {
      onSample: (sample) => tiles.add(sample),
      onProgress,
      signal,
    });
    const result = resultOf(cell, trained, evaluation, {
      oracle: oracle?.best(),
      modelBytes: (await stat(trained.modelPath)).size,
      seconds: { ...seconds, evaluation: (performance.now() - start) / 1000 },
    });
    const name = nameOf(cell);
    await writeTiles(folder.tiles(name), await tiles.finish());
    await folder.writeCell(name, result);
  } finally {
    await model.close();
  }
  await rm(work, { recursive: true, force: true });
}

/** Finds a broken test image before anything is trained; the first of the cells that share features does it for all. */
async function checkOnce(dataset: Dataset, features: string, signal: AbortSignal): Promise<void> {
  const done = join(features, "test-images.json");
  if ((await readJson(done, z.literal(dataset.test.length))) === dataset.test.length) return;
  await checkTestImages(dataset, signal);
  await writeJson(done, dataset.test.length);
}

/**
 * A state that does not fit, which only damage can have made of one, is given up. So are features that do not: no other cell has
 * found them fit, since the first to use them does so alone.
 */
async function trainCell(
  request: TrainRequest & { readonly featuresDir: string },
  extras: TrainExtras,
): Promise<TrainResult> {
  const { featuresDir } = request;
  return trainWith(request, extras).catch(async (error) => {
    if (!(error instanceof RsadError) || error.code !== "RSAD_CHECKPOINT_MISMATCH") throw error;
    if (error.subject === featuresDir) await rm(featuresDir, { recursive: true, force: true });
    return trainWith({ ...request, resume: false }, extras);
  });
}

/** What methods that cannot be resumed took; undefined for those whose training was at its end already. */
function untilFitted({ metadata, timings }: TrainResult): number | undefined {
  if (metadata.steps !== undefined) return undefined;
  return timings.find(({ label }) => label === "training")?.seconds;
}

/** Keeps seconds that were measured for the process that finds the work done; gives those kept where none were. */
async function remember(folder: string, seconds: number | undefined): Promise<number> {
  const path = join(folder, "seconds.json");
  if (seconds !== undefined) await writeJson(path, seconds);
  const known = seconds ?? (await readJson(path, z.number()));
  return typeof known === "number" ? known : 0;
}

interface Measured {
  readonly oracle: CellResult["oracle"];
  readonly modelBytes: number;
  readonly seconds: Omit<CellResult["seconds"], "inspection">;
}

function resultOf(
  cell: Cell,
  { metadata }: TrainResult,
  evaluation: Evaluation,
  measured: Measured,
): CellResult {
  const { oracle, modelBytes, seconds } = measured;
  const { counts, types, samples } = evaluation;
  return {
    format: RESULTS_FORMAT,
    key: cell.key,
    suite: cell.suite,
    class: cell.class,
    backbone: cell.backbone,
    variant: cell.variant.id,
    seed: cell.seed,
    recipe: cell.variant.recipe,
    counts: {
      train: metadata.data.count,
      trained: metadata.data.trained,
      testGood: counts.good,
      testDefect: counts.defect,
    },
    measures: measuresOf(evaluation),
    types: types.map(({ type, count, imageAuroc, pixelAuroc }) => ({ type, count, imageAuroc, pixelAuroc })),
    ...(oracle && { oracle }),
    parameters: { ...metadata.parameters },
    facts: { ...metadata.facts },
    ...(metadata.steps !== undefined && { steps: metadata.steps }),
    modelBytes,
    seconds: { ...seconds, inspection: median(samples.map((sample) => sample.seconds ?? 0)) },
    peakBytes: process.resourceUsage().maxRSS * 1024,
    environment: {
      rsad: VERSION,
      node: process.version,
      onnxruntime: runtimeVersion(),
      platform: process.platform,
      arch: process.arch,
      threads: cell.threads,
    },
  };
}
