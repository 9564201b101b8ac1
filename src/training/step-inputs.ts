import { float32, int64, type Tensor } from "../graph/index.ts";
import { Random } from "../random.ts";
import type { TrainedRecipe } from "../recipes/index.ts";
import { adamScalars, rateDecay } from "./adam.ts";
import { perlinMask } from "./perlin-mask.ts";
import type { StepGraph } from "./step-graph.ts";

/** Steps of a whole run over `images` images. A run of epochs sees every image that many times. */
export function stepCount(recipe: TrainedRecipe, images: number): number {
  return "steps" in recipe.length
    ? recipe.length.steps
    : Math.ceil((recipe.length.epochs * images) / recipe.batch);
}

/** Everything random or scheduled that step `step` of `steps` reads, apart from features and variables. */
export function stepInputs(
  graph: StepGraph,
  recipe: TrainedRecipe,
  seed: number,
  step: number,
  steps: number,
): Record<string, Tensor> {
  const { optimizer } = recipe;
  const decay = rateDecay(optimizer, step, steps);
  const aligner = adamScalars(step + 1, optimizer.alignerRate * decay);
  const discriminator = adamScalars(step + 1, optimizer.discriminatorRate * decay);
  const shrink = optimizer.alignerRate * decay * optimizer.alignerDecoupledDecay;
  const chosen = graph.drawsPatches ? drawPatches(graph, recipe.batch, seed, step) : undefined;
  return {
    rate_aligner: float32([aligner.rate], []),
    rate_discriminator: float32([discriminator.rate], []),
    correction: float32([aligner.correction], []),
    ...(shrink === 0 ? {} : { shrink_aligner: float32([shrink], []) }),
    ...(chosen === undefined ? {} : { patches: int64(chosen) }),
    ...noiseInputs(graph, recipe, seed, step, chosen),
    ...dropoutInputs(graph, seed, step),
  };
}

/** Patch rows of the batch, the same number from each image, without repetition within an image. */
function drawPatches({ rows, grid, inside }: StepGraph, batch: number, seed: number, step: number): number[] {
  const perImage = rows / batch;
  const patches = grid[0] * grid[1];
  const random = new Random(seed, "patches", step);
  return Array.from({ length: batch }, (_, image) => {
    const order = random.permutation(inside?.length ?? patches).subarray(0, perImage);
    return Array.from(order, (at) => image * patches + (inside?.[at] ?? at));
  }).flat();
}

/** Noise, and what it makes of each row and image. The clean half comes first and is normal throughout. */
function noiseInputs(
  { rows, channels, grid }: StepGraph,
  recipe: TrainedRecipe,
  seed: number,
  step: number,
  chosen: readonly number[] | undefined,
): Record<string, Tensor> {
  const { batch } = recipe;
  const noise = new Random(seed, "noise", step).fillNormal(
    new Float32Array(rows * channels),
    recipe.noise.deviation,
  );
  const noised = noisedPatches(recipe, grid, new Random(seed, "mask", step));
  const perImage = rows / batch;
  const isDefect = new Uint8Array(2 * rows);
  const isDefectImage = new Uint8Array(2 * batch);
  for (let row = 0; row < rows; row++) {
    if (noised[chosen?.[row] ?? row] === 1) {
      isDefect[rows + row] = 1;
      isDefectImage[batch + Math.floor(row / perImage)] = 1;
    } else noise.fill(0, row * channels, (row + 1) * channels);
  }
  return {
    noise: float32(noise, [rows, channels]),
    ...weights("normal", "defect", isDefect),
    ...weights("image_normal", "image_defect", isDefectImage, 2 * batch),
  };
}

/** 1 for each patch of the batch that is noised. */
function noisedPatches(
  { noise, batch }: TrainedRecipe,
  [height, width]: StepGraph["grid"],
  random: Random,
): Uint8Array {
  const { mask } = noise;
  const patches = height * width;
  const noised = new Uint8Array(batch * patches);
  if (mask.kind === "all") return noised.fill(1);
  for (let image = 0; image < batch; image++) {
    if (random.uniform() < mask.empty) continue;
    noised.set(perlinMask(random, height, width, mask.threshold), image * patches);
  }
  return noised;
}

/** Weights that make each class's term a mean over its own members, or over `count` members of both together. */
function weights(
  normal: string,
  defect: string,
  isDefect: Uint8Array,
  count?: number,
): Record<string, Tensor> {
  const defects = isDefect.reduce((sum, value) => sum + value, 0);
  const each = (value: number, members: number) =>
    Float32Array.from(isDefect, (is) => (is === value ? 1 / (count ?? members) : 0));
  const dims = [isDefect.length, 1];
  return {
    [normal]: float32(each(0, isDefect.length - defects), dims),
    [defect]: float32(each(1, defects), dims),
  };
}

function dropoutInputs({ dropouts }: StepGraph, seed: number, step: number): Record<string, Tensor> {
  return Object.fromEntries(
    dropouts.map(({ name, dims, rate }) => {
      const random = new Random(seed, name, step);
      const mask = new Float32Array(dims.reduce((product, dim) => product * dim, 1));
      const kept = 1 / (1 - rate);
      for (let i = 0; i < mask.length; i++) mask[i] = random.uniform() < rate ? 0 : kept;
      return [name, float32(mask, dims)];
    }),
  );
}
