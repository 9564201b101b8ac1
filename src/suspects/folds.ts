import { Random } from "../random.ts";

/** A part of the images, and all others, which its detector is fitted on; both ascending. */
export interface Fold {
  readonly held: readonly number[];
  readonly others: readonly number[];
}

/** Splits `count` images at random into `folds` parts of the same size, but for one image, or into one part an image where there are fewer. */
export function splitFolds(count: number, folds: number, seed: number): Fold[] {
  const parts = Math.min(folds, count);
  const order = new Random(seed, "folds").permutation(count);
  const partOf = new Uint32Array(count);
  for (const [at, image] of order.entries()) partOf[image] = at % parts;
  const images = Array.from(order.keys());
  return Array.from({ length: parts }, (_, part) => ({
    held: images.filter((image) => partOf[image] === part),
    others: images.filter((image) => partOf[image] !== part),
  }));
}
