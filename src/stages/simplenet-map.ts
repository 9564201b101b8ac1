/**
 * SimpleNet's two adaptive average pools over channels, collapsed into one fixed 3x3 kernel per level,
 * [dimension / levels, channels, 3, 3]. Its code flattens each 3x3 patch to channels * 9 values, pools these to
 * `dimension` values, joins the levels and pools the levels * dimension values to `dimension` again; every second-pool
 * window holds `levels` neighbouring values of one level, so each level is mapped on its own.
 */
export function simpleNetKernel(channels: number, dimension: number, levels: number): Float32Array {
  const length = channels * 9;
  const outputs = dimension / levels;
  const kernel = new Float32Array(outputs * length);
  for (let i = 0; i < outputs; i++) {
    for (let j = 0; j < levels; j++) {
      const window = i * levels + j;
      // adaptive_avg_pool1d: window k of n covers [floor(k L / n), ceil((k + 1) L / n)).
      const start = Math.floor((window * length) / dimension);
      const end = Math.ceil(((window + 1) * length) / dimension);
      for (let at = start; at < end; at++) kernel[i * length + at]! += 1 / (levels * (end - start));
    }
  }
  return kernel;
}
