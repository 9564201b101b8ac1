import type { AnomalyMap } from "../images/index.ts";
import { connectedRegions } from "./components.ts";

/** A connected part of an anomaly map at or above a threshold, in the map's own pixels. */
export interface DefectRegion {
  /** The bounding box's left and top edge: its first column and row. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Pixels at or above the threshold. */
  readonly area: number;
  /** The greatest map value. */
  readonly peak: number;
}

/**
 * The regions of a map at or above `threshold`, joined over edges and corners, the highest peak first. Pixels that were
 * not inspected (NaN) belong to none.
 */
export function defectRegions({ data, width }: AnomalyMap, threshold: number): DefectRegion[] {
  const inside = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) if (data[i]! >= threshold) inside[i] = 1;
  const { labels, sizes } = connectedRegions(inside, width);
  const found = sizes.map((area) => ({
    left: Infinity,
    top: Infinity,
    right: -1,
    bottom: -1,
    area,
    peak: -Infinity,
  }));
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label === 0) continue;
    const region = found[label - 1]!;
    const x = i % width;
    const y = (i - x) / width;
    region.left = Math.min(region.left, x);
    region.right = Math.max(region.right, x);
    region.top = Math.min(region.top, y);
    region.bottom = y;
    region.peak = Math.max(region.peak, data[i]!);
  }
  return found
    .sort((a, b) => b.peak - a.peak)
    .map(({ left, top, right, bottom, area, peak }) => ({
      x: left,
      y: top,
      width: right - left + 1,
      height: bottom - top + 1,
      area,
      peak,
    }));
}
