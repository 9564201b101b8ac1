import { type AnomalyMap, type HeatmapRange, heatmap, type Image } from "../images/index.ts";

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

function heatmapRange({ data }: AnomalyMap, threshold: number | undefined): HeatmapRange {
  const median = medianOf(data);
  if (median === undefined) return { low: 0, high: 0 };
  let peak = median;
  for (let i = 0; i < data.length; i++) if (data[i]! > peak) peak = data[i]!;
  const reach = Math.max(0, (threshold ?? (median + peak) / 2) - median);
  return { low: median + reach / 2, high: Math.max(peak, median + 2 * reach) };
}

/** The median of evenly spaced inspected pixels. */
function medianOf(data: Float32Array): number | undefined {
  const step = Math.ceil(data.length / MOST_VALUES);
  const values = new Float32Array(Math.ceil(data.length / step));
  let count = 0;
  for (let i = 0; i < data.length; i += step) if (!Number.isNaN(data[i]!)) values[count++] = data[i]!;
  return values.subarray(0, count).sort()[Math.floor(count / 2)];
}
