import type { Fitted, Head } from "../features/index.ts";
import { float32, type Tensors } from "../graph/index.ts";
import { Random } from "../random.ts";
import {
  adamScalars,
  type LossPoint,
  type ParameterCounts,
  parameterCounts,
  rateDecay,
  runKey,
  runSteps,
} from "../training/index.ts";
import { measureBalance } from "./balance.ts";
import { chooseBank } from "./bank.ts";
import { checkHeldImages } from "./check-held-images.ts";
import { hybridHead, type Parts } from "./head.ts";
import { drawNormalPatches, type NormalPatches } from "./normal-patches.ts";
import { drawPaintedPatches, type PaintedPatches } from "./painted-patches.ts";
import type { HybridRequest } from "./request.ts";
import { type Rows, rowCount } from "./rows.ts";
import { type HybridStep, hybridStep } from "./step-graph.ts";
import { type FittedWhitening, fitWhitening } from "./whitening.ts";

export interface HybridFitRequest extends HybridRequest {
  /** See what was learned after each of these steps. */
  readonly snapshots?:
    | {
        readonly steps: readonly number[];
        readonly onSnapshot: (step: number, head: Head) => Promise<void>;
      }
    | undefined;
}

export interface FittedHybrid extends Fitted {
  readonly losses: readonly LossPoint[];
  readonly parameters: ParameterCounts;
  /** Root mean square of the channels' deviations. */
  readonly deviation: number;
}

/**
 * Learns the recipe `hybrid`: whitening, patches of good and of painted images, the bank, and the discriminator, whose steps alone are
 * kept in a checkpoint; what comes before them is done again by a resumed run, to the same bytes. Memory is bounded for any
 * number of images. Throws RSAD_CHECKPOINT_MISMATCH, RSAD_IMAGE_INVALID for an image that cannot be decoded,
 * RSAD_ARGUMENT_INVALID if the loss overflows or painting gives no patches, and the signal's reason after an abort.
 */
export async function fitHybrid(request: HybridFitRequest): Promise<FittedHybrid> {
  const { recipe, runtime, snapshots } = request;
  const { painting } = recipe;
  await checkHeldImages(request);
  const whitening = await fitWhitening(request);
  const { learned, measured, bank } = await learnNormal(request, whitening);
  const painted = painting === "none" ? undefined : await drawPaintedPatches(request, painting, whitening);

  const headOf = async (weights: Tensors) => {
    const parts: Parts = { recipe, weights, bank, scales: whitening.scales };
    return hybridHead(parts, whitening, await measureBalance(parts, measured, runtime));
  };
  const step = hybridStep(recipe, whitening.components);
  const steps = recipe.length.steps;
  const { weights, losses } = await runSteps({
    ...request,
    graph: step,
    steps,
    prepare: async (at) => stepInputs(step, request, learned, painted, at),
    epochOf: (at) => Math.floor((at * step.rows) / rowCount(learned)) + 1,
    key: runKey(request),
    hint: "Lower optimizer.rate or noise.deviation.",
    snapshots: snapshots && {
      steps: snapshots.steps,
      onSnapshot: async (at, weights) => snapshots.onSnapshot(at, await headOf(weights)),
    },
  });
  return {
    head: await headOf(weights),
    facts: {
      components: whitening.components,
      explained_variance: whitening.variance,
      ...(bank && { vectors: rowCount(bank) }),
      ...(painting !== "none" && { painted_images: painting.images }),
    },
    losses,
    parameters: parameterCounts(step),
    deviation: whitening.deviation,
  };
}

/** Patches of good images and the bank. What the bank is chosen from is dropped: it would stay in memory throughout training. */
async function learnNormal(
  request: HybridRequest,
  whitening: FittedWhitening,
): Promise<Pick<NormalPatches, "learned" | "measured"> & { readonly bank: Rows | undefined }> {
  const { memory } = request.recipe;
  const { learned, measured, remembered } = await drawNormalPatches(request, whitening);
  if (memory === "none" || remembered === undefined) return { learned, measured, bank: undefined };
  undoScales(remembered, whitening.scales);
  return { learned, measured, bank: await chooseBank(request, remembered, memory.vectors) };
}

/** Turns components into what they were before whitening, in place: there are a hundred megabytes of them. */
function undoScales({ data, width }: Rows, scales: Float32Array): void {
  for (let start = 0; start < data.length; start += width) {
    for (let i = 0; i < width; i++) data[start + i]! /= scales[i]!;
  }
}

/** Everything that step `at`, from 0, reads, apart from variables. */
function stepInputs(
  { rows, painted: count }: HybridStep,
  { recipe, seed }: HybridRequest,
  normal: Rows,
  painted: PaintedPatches | undefined,
  at: number,
): Tensors {
  const { optimizer, length, noise } = recipe;
  const { rate, correction } = adamScalars(at + 1, optimizer.rate * rateDecay(optimizer, at, length.steps));
  const dims = [rows, normal.width];
  const drawn = new Random(seed, "noise", at).fillNormal(
    new Float32Array(rows * normal.width),
    noise.deviation,
  );
  return {
    rate: float32([rate], []),
    correction: float32([correction], []),
    normal: draw(normal, rows, new Random(seed, "normal", at)),
    noise: float32(drawn, dims),
    ...(painted && {
      painted_defect: draw(painted.defect, count, new Random(seed, "painted-defect", at)),
      painted_normal: draw(painted.normal, count, new Random(seed, "painted-normal", at)),
    }),
  };
}

/** Rows at random, with repetition. */
function draw(from: Rows, count: number, random: Random) {
  const { data, width } = from;
  const total = rowCount(from);
  const drawn = new Float32Array(count * width);
  for (let i = 0; i < count; i++) {
    const row = random.integer(total);
    drawn.set(data.subarray(row * width, (row + 1) * width), i * width);
  }
  return float32(drawn, [count, width]);
}
