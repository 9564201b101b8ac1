import { Random } from "../random.ts";

/** Fewer cannot be split into images to train on and images to set thresholds with. */
export const MIN_IMAGES = 4;

export interface Split {
  /** Indices of the images to train on, ascending. */
  readonly train: readonly number[];
  /** Indices of the images kept out of training, ascending. */
  readonly holdout: readonly number[];
}

/** A random split of `count` good images; at least two are held out unless `share` is 0. */
export function splitHoldout(count: number, share: number, seed: number): Split {
  const held = share === 0 ? 0 : Math.min(Math.max(2, Math.round(count * share)), Math.floor(count / 2));
  const order = Array.from(new Random(seed, "holdout").permutation(count));
  const ascending = (part: number[]) => part.sort((a, b) => a - b);
  return { train: ascending(order.slice(held)), holdout: ascending(order.slice(0, held)) };
}
