import { type HeatmapRange, heatmap } from "./heatmap.ts";
import type { AnomalyMap, Image } from "./image.ts";

/** Enough values to place the median. */
const MOST_VALUES = 2_000;

/**
 * A heatmap of `map` over its image, both height x width, in colours that mean the same on every image of a model:
 * values well below the pixel threshold leave the image grey, the threshold is where colour becomes strong. An image
 * with higher values stretches the hot end only. Without a threshold the map's own range is used.
 *
 * @example
 * const { map } = await inspect(model, image);
 * await writeFile("heatmap.png", await encodePng(drawHeatmap(image, map, model.metadata.threshold?.pixel)));
 */
export function drawHeatmap(image: Image, map: AnomalyMap, pixelThreshold?: number): Image {
  return heatmap(image, map, heatmapRange(map, pixelThreshold));
}

function heatmapRange(map: AnomalyMap, threshold: number | undefined): HeatmapRange {
  const { data } = map;
  const median = medianOf(map);
  if (median === undefined) return { low: 0, high: 0 };
  let peak = median;
  for (let i = 0; i < data.length; i++) if (data[i]! > peak) peak = data[i]!;
  const reach = Math.max(0, (threshold ?? (median + peak) / 2) - median);
  return { low: median + reach / 2, high: Math.max(peak, median + 2 * reach) };
}

/** The median of inspected pixels on a lattice that is as dense in either direction. */
function medianOf({ width, height, data }: AnomalyMap): number | undefined {
  const step = Math.max(1, Math.floor(Math.sqrt(data.length / MOST_VALUES)));
  const values = new Float32Array(Math.ceil(width / step) * Math.ceil(height / step));
  let count = 0;
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const value = data[y * width + x]!;
      if (!Number.isNaN(value)) values[count++] = value;
    }
  }
  return values.subarray(0, count).sort()[Math.floor(count / 2)];
}
