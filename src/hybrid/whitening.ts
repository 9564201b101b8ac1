import type { Sample } from "../datasets/index.ts";
import { type FitRequest, leadingComponents, patchCovariance } from "../features/index.ts";
import { Random } from "../random.ts";
import type { HybridRecipe } from "../recipes/index.ts";
import type { Whitening } from "../stages/index.ts";
import { tilesTogether } from "./tiles-together.ts";

/** Images whose patches the covariance is taken over. */
const IMAGES = 64;
/** Added to the variances in units of their mean, so that components which hardly vary are not blown up. */
const FLOOR = 0.01;

export interface WhiteningRequest
  extends Pick<
    FitRequest<Pick<HybridRecipe, "whitening">>,
    "store" | "images" | "recipe" | "seed" | "runtime" | "onProgress" | "signal"
  > {
  /** The store's images, in its order. */
  readonly samples: readonly Sample[];
}

export interface FittedWhitening extends Whitening {
  /** What each principal component, in units of the features' deviation, was multiplied by. */
  readonly scales: Float32Array;
  /** Share of the features' variance that the components hold. */
  readonly variance: number;
  /** Root mean square of the channels' deviations. */
  readonly deviation: number;
}

/** Stage 2 in closed form: principal components of normal patches, with mean variance 1. */
export async function fitWhitening(request: WhiteningRequest): Promise<FittedWhitening> {
  const { images, samples, recipe, seed, runtime, onProgress, signal } = request;
  const order = new Random(seed, "whitening").permutation(images.length);
  const drawn = Array.from(order.subarray(0, IMAGES), (i) => images[i]!);
  const some = tilesTogether(drawn, samples);
  // Each is read twice; the last of the work is finding the components.
  const total = 2 * some.length + 1;
  const report = (done: number) => onProgress?.({ phase: "whitening", done, total });
  const { mean, matrix: covariance } = await patchCovariance({
    ...request,
    images: some,
    onProgress: ({ done }) => report(done),
  });
  const channels = mean.length;
  const found = await leadingComponents({
    covariance,
    channels,
    count: recipe.whitening.components,
    runtime,
    signal,
  });
  report(total);
  const { basis, variances } = found;
  const components = variances.length;
  const unit = found.total / channels || 1;
  const scales = componentScales(
    Array.from(variances, (variance) => variance / unit),
    recipe.whitening,
  );
  const matrix = basis.map((value, i) => (value * scales[Math.floor(i / channels)]!) / Math.sqrt(unit));
  const held = variances.reduce((sum, variance) => sum + variance, 0);
  return {
    mean: Float32Array.from(mean),
    matrix,
    components,
    scales,
    variance: found.total === 0 ? 1 : held / found.total,
    deviation: Math.sqrt(found.total / channels),
  };
}

/** Variances in units of their mean over all channels -> factors that leave a mean variance of 1. */
export function componentScales(
  variances: readonly number[],
  { power }: Pick<HybridRecipe["whitening"], "power">,
): Float32Array {
  const raw = variances.map((variance) => (variance + FLOOR) ** (-power / 2));
  const whole = variances.reduce((sum, variance, i) => sum + variance * raw[i]! ** 2, 0) / variances.length;
  return Float32Array.from(raw, (scale) => scale / (whole > 0 ? Math.sqrt(whole) : 1));
}
