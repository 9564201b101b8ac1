import { RsadError } from "../errors.ts";
import type { AnomalyMap } from "../pixels/index.ts";
import { connectedRegions, type Regions } from "./components.ts";
import { type Contour, regionContours } from "./contours.ts";

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
  /** The mean map value over its pixels. */
  readonly mean: number;
  /** Where its border runs, if that was asked for. */
  readonly contour?: Contour;
  /** Box and area on the part, if the size of a pixel was given. */
  readonly millimetres?: Millimetres;
}

/** A region's box in mm, from the image's left and top edge, and its area in mm². */
export type Millimetres = Pick<DefectRegion, "x" | "y" | "width" | "height" | "area">;

export interface RegionOptions {
  /** Follow the regions' borders. */
  readonly contours?: boolean | undefined;
  /** The side of a pixel on the part, in mm; with it, regions are measured in mm too. */
  readonly mmPerPixel?: number | undefined;
}

/**
 * The regions of a map at or above `threshold`, joined over edges and corners, the highest peak first. Pixels that were
 * not inspected (NaN) belong to none. Throws RSAD_ARGUMENT_INVALID for a size of pixels that is not a positive number.
 */
export function defectRegions(
  map: AnomalyMap,
  threshold: number,
  { contours = false, mmPerPixel }: RegionOptions = {},
): DefectRegion[] {
  if (mmPerPixel !== undefined) checkPixelSize(mmPerPixel);
  const { data, width } = map;
  const inside = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) if (data[i]! >= threshold) inside[i] = 1;
  const regions = connectedRegions(inside, width);
  const borders = contours ? regionContours(regions, width) : undefined;
  return measure(map, regions)
    .map((region, i) => ({
      ...region,
      ...(borders && { contour: borders[i]! }),
      ...(mmPerPixel !== undefined && { millimetres: inMillimetres(region, mmPerPixel) }),
    }))
    .sort((a, b) => b.peak - a.peak);
}

function measure({ data, width }: AnomalyMap, { labels, sizes }: Regions) {
  const found = sizes.map((area) => ({
    left: Infinity,
    top: Infinity,
    right: -1,
    bottom: -1,
    area,
    peak: -Infinity,
    sum: 0,
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
    region.sum += data[i]!;
  }
  return found.map(({ left, top, right, bottom, area, peak, sum }) => ({
    x: left,
    y: top,
    width: right - left + 1,
    height: bottom - top + 1,
    area,
    peak,
    mean: sum / area,
  }));
}

function inMillimetres({ x, y, width, height, area }: Millimetres, side: number): Millimetres {
  return { x: x * side, y: y * side, width: width * side, height: height * side, area: area * side * side };
}

function checkPixelSize(mmPerPixel: number): void {
  if (Number.isFinite(mmPerPixel) && mmPerPixel > 0) return;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "mmPerPixel",
    expected: "a number of millimetres above 0",
    received: mmPerPixel,
    hint: "Divide a length on the part in mm by its length in the image in pixels.",
  });
}
