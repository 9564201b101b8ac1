import type { Image } from "../pixels/index.ts";
import type { Thresholds } from "./metadata.ts";
import type { Scorer } from "./model.ts";

/** Good images that may be called defective, where enough were held out to promise it. */
const FALSE_REJECT = 0.01;
const PIXEL_QUANTILE = 0.999;

/**
 * Thresholds from good images that training did not see, one pass. The image threshold is the split-conformal quantile: with n
 * images, the ceil((n + 1) 0.99)-th smallest score, or the highest where n is below 99 and so much cannot be promised;
 * a new good image then scores below it with probability `quantile` (exchangeable images, no ties). The pixel threshold is the
 * highest of the images' own 99.9 % quantiles over pixels, but never above the image threshold.
 * `origin` says in the rule where the images come from.
 */
export async function calibrate(
  scorer: Scorer,
  images: AsyncIterable<Image>,
  origin = "held out of training",
): Promise<Thresholds> {
  const scores: number[] = [];
  let pixel = Number.NEGATIVE_INFINITY;
  for await (const image of images) {
    const { score, map } = await scorer.score(image);
    scores.push(score);
    pixel = raiseToQuantile(pixel, map.data);
  }
  scores.sort((a, b) => a - b);
  const count = scores.length;
  const rank = Math.min(Math.ceil((count + 1) * (1 - FALSE_REJECT)), count);
  const image = nextAbove(scores[rank - 1]!);
  const which = rank === count ? "the highest score" : `score ${rank} in order`;
  return {
    image,
    pixel: Math.min(pixel, image),
    rule: `image: just above ${which} of ${count} good images ${origin}; pixel: the highest of their own 99.9 % pixel quantiles`,
    count,
    quantile: rank / (count + 1),
  };
}

/** The smallest float32 above `value`: an image that scores as the calibration image did is good. */
function nextAbove(value: number): number {
  const float = new Float32Array([value]);
  const bits = new Int32Array(float.buffer);
  if (value === 0) bits[0] = 1;
  else bits[0]! += value > 0 ? 1 : -1;
  return float[0]!;
}

/** The larger of `least` and the quantile over the pixels that were inspected; only pixels above `least` need sorting. */
function raiseToQuantile(least: number, map: Float32Array): number {
  const above = map.filter((value) => value > least).sort();
  const count = map.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + 1), 0);
  const higher = count - Math.min(Math.ceil(count * PIXEL_QUANTILE), count);
  return above[above.length - 1 - higher] ?? least;
}
