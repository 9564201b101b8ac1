import type { ChannelMoments } from "../stages/index.ts";

/**
 * Joins images' moments, of which each holds every channel's mean and then every channel's variance. After each image, `onImage` is
 * told how many it has been.
 */
export async function poolMoments(
  images: AsyncIterable<Float32Array>,
  count: number,
  channels: number,
  onImage?: (done: number) => void,
): Promise<ChannelMoments> {
  const mean = new Float64Array(channels);
  const square = new Float64Array(channels);
  let done = 0;
  for await (const moments of images) {
    for (let i = 0; i < channels; i++) {
      const average = moments[i]!;
      mean[i]! += average / count;
      square[i]! += (moments[channels + i]! + average * average) / count;
    }
    onImage?.(++done);
  }
  const deviation = mean.map((average, i) => {
    const variance = square[i]! - average * average;
    // Below float32's own resolution of the mean there is nothing but rounding.
    return variance > 1e-12 * average * average ? Math.sqrt(variance) : 0;
  });
  return { mean: Float32Array.from(mean), deviation: Float32Array.from(deviation) };
}
