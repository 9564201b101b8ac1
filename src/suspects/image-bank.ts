import {
  add,
  concat,
  float32,
  linear,
  maximum,
  mul,
  reduceMin,
  reduceSum,
  reshape,
  slice,
  smallest,
  sqrt,
  square,
  type Value,
} from "../graph/index.ts";

/** Patches of some images, as many of each. */
export interface ImageBank {
  /** [images * perImage, width], image by image. */
  readonly vectors: Float32Array;
  readonly width: number;
  readonly perImage: number;
}

/** Vectors a product, about: its result is still in the cores' caches when the smallest of each image are looked for. */
const AT_ONCE = 256;

/**
 * Euclidean distance of each row of x [R, width] to the image of the bank that is the `rank`-th nearest, an image being as near as
 * the nearest of its patches: -> [R, 1].
 *
 * With rank 1 this is the distance to the nearest vector. With a higher one, up to `rank` - 1 images may hold the same defect
 * and still excuse nothing, however many of their patches show it.
 */
export function distanceToImages(x: Value, { vectors, width, perImage }: ImageBank, rank: number): Value {
  const g = x.graph;
  const doubled = mul(x, -2);
  const step = Math.max(1, Math.floor(AT_ONCE / perImage)) * perImage * width;
  const nearest: Value[] = [];
  for (let start = 0; start < vectors.length; start += step) {
    const part = vectors.slice(start, start + step);
    const count = part.length / width;
    const memory = g.constant(float32(part, [count, width]), `bank.${start}`);
    const lengths = reshape(reduceSum(square(memory), [1]), [count]);
    const products = reshape(linear(doubled, memory, lengths), [x.shape[0]!, count / perImage, perImage]);
    nearest.push(reduceMin(products, [2], false));
  }
  const ranked = smallest(concat(nearest, 1), rank).values;
  return sqrt(maximum(add(reduceSum(square(x), [1]), slice(ranked, 1, rank - 1, rank)), 0));
}
