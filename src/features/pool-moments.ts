import type { ChannelMoments } from "../stages/index.ts";

/** Joins images' moments, of which each holds every channel's mean and then every channel's variance. */
export async function poolMoments(
  images: AsyncIterable<Float32Array>,
  count: number,
  channels: number,
): Promise<ChannelMoments> {
  const mean = new Float64Array(channels);
  const square = new Float64Array(channels);
  for await (const moments of images) {
    for (let i = 0; i < channels; i++) {
      const average = moments[i]!;
      mean[i]! += average / count;
      square[i]! += (moments[channels + i]! + average * average) / count;
    }
  }
  const deviation = mean.map((average, i) => {
    const variance = square[i]! - average * average;
    // Below float32's own resolution of the mean there is nothing but rounding.
    return variance > 1e-12 * average * average ? Math.sqrt(variance) : 0;
  });
  return { mean: Float32Array.from(mean), deviation: Float32Array.from(deviation) };
}
