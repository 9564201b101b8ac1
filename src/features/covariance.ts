import { float32, matmul, type Runtime, reduceSum, sub, transpose } from "../graph/index.ts";
import type { OnProgress } from "../progress.ts";
import { FeatureReader } from "./feature-reader.ts";
import type { FeatureSource } from "./feature-source.ts";
import { patchGrid, patchRows } from "./patch-rows.ts";

export interface CovarianceRequest {
  readonly store: FeatureSource;
  readonly images: readonly number[];
  readonly runtime: Runtime;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Covariance {
  readonly mean: Float64Array;
  /** [channels, channels], over all patches. */
  readonly matrix: Float64Array;
}

/**
 * Mean and covariance of all patch vectors of the images, regardless of where they lie. Each image's products are summed by
 * the runtime in single precision, counted from about the mean, and the images' sums in double.
 */
export async function patchCovariance(request: CovarianceRequest): Promise<Covariance> {
  const { store, images, runtime, onProgress, signal } = request;
  const { patches, channels } = patchGrid(store);
  // Each image is read twice, and the first time may be the slower one: that is when a stream computes its features.
  const report = (done: number) => onProgress?.({ phase: "patches", done, total: 2 * images.length });
  const seen = (done: number) => {
    signal?.throwIfAborted();
    report(done);
  };
  report(0);
  // The mean of the levels at their own resolution: near, not equal, to that of the resized ones.
  const { mean: origin } = await store.statistics(images, seen);
  const rows = await FeatureReader.open(store, runtime, (levels) => {
    const x = patchRows(levels, store);
    const centred = sub(x, x.graph.constant(float32(origin, [1, channels])));
    return { sums: reduceSum(centred, [0]), products: matmul(transpose(centred, [1, 0]), centred) };
  });
  const sums = new Float64Array(channels);
  const products = new Float64Array(channels * channels);
  try {
    let done = images.length;
    for await (const result of rows.each(images)) {
      addTo(sums, result.sums.data as Float32Array);
      addTo(products, result.products.data as Float32Array);
      seen(++done);
    }
  } finally {
    await rows.close();
  }
  const count = images.length * patches;
  const shift = sums.map((sum) => sum / count);
  return {
    mean: shift.map((value, i) => value + origin[i]!),
    matrix: products.map((sum, i) => sum / count - shift[Math.floor(i / channels)]! * shift[i % channels]!),
  };
}

function addTo(total: Float64Array, part: Float32Array): void {
  for (let i = 0; i < total.length; i++) total[i]! += part[i]!;
}
