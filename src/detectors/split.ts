import { Random } from "../random.ts";

/** Fewer cannot be split into images to train on and images to set thresholds with. */
export const MIN_IMAGES = 4;

export interface Split {
  /** Indices of the images to train on, ascending. */
  readonly train: readonly number[];
  /** Indices of the images kept out of training, ascending. */
  readonly holdout: readonly number[];
}

/**
 * A random split of `count` good images; at least two are held out unless `share` is 0. With `limit`, of a random choice of
 * that many; a smaller choice is part of a larger one of the same seed.
 */
export function splitHoldout(count: number, share: number, seed: number, limit = count): Split {
  if (limit < count) return within(chooseImages(count, limit, seed), splitHoldout(limit, share, seed));
  const held = share === 0 ? 0 : Math.min(Math.max(2, Math.round(count * share)), Math.floor(count / 2));
  const order = Array.from(new Random(seed, "holdout").permutation(count));
  const ascending = (part: number[]) => part.sort((a, b) => a - b);
  return { train: ascending(order.slice(held)), holdout: ascending(order.slice(0, held)) };
}

/** The same of the images at these places. */
export function splitAmong(
  places: readonly number[],
  share: number,
  seed: number,
  limit = places.length,
): Split {
  return within(places, splitHoldout(places.length, share, seed, limit));
}

function chooseImages(count: number, limit: number, seed: number): readonly number[] {
  return Array.from(new Random(seed, "train-images").permutation(count))
    .slice(0, limit)
    .sort((a, b) => a - b);
}

/** A split of the places in `chosen` as one of what stands there. */
function within(chosen: readonly number[], { train, holdout }: Split): Split {
  const at = (places: readonly number[]) => places.map((place) => chosen[place]!);
  return { train: at(train), holdout: at(holdout) };
}
