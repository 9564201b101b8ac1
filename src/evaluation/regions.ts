import { RsadError } from "../errors.ts";
import type { AnomalyMap } from "../pixels/index.ts";
import { connectedRegions, type Regions } from "./components.ts";
import { type Contour, regionContours } from "./contours.ts";
import { type Place, placeOf } from "./map-peak.ts";

/** A box around pixels, in the map's own. */
export interface RegionBox {
  /** Its left and top edge: the first column and row. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The pixels that it is around. */
  readonly area: number;
}

/** A connected part of an anomaly map at or above a threshold, in the map's own pixels. */
export interface DefectRegion extends RegionBox {
  /** The greatest map value. */
  readonly peak: number;
  /** The pixel that has it; the first, row by row, of several. */
  readonly peakAt: Place;
  /**
   * The pixels around the peak that reach at least three quarters of the way from the threshold up to it. A strong defect's
   * surroundings are above the threshold too: this box is closer to the defect itself. Of a large one of uneven strength it holds
   * the strongest part.
   */
  readonly core: RegionBox;
  /** The mean map value over its pixels. */
  readonly mean: number;
  /** Where its border runs, if that was asked for. */
  readonly contour?: Contour;
  /** Box and area on the part, if the size of a pixel was given. */
  readonly millimetres?: Millimetres;
}

/** How far up from the threshold to the peak a core begins; measured (docs/benchmarks.md, "Where a defect is"). */
const CORE_FROM = 0.75;

/** A region's boxes in mm, from the image's left and top edge, and their areas in mm². */
export interface Millimetres extends RegionBox {
  readonly core: RegionBox;
}

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
  const found = connectedRegions(inside, width);
  if (found.sizes.length === 0) return [];
  const borders = contours ? regionContours(found, width) : undefined;
  const regions = measure(map, found);
  const cores = findCores(map, threshold, found, regions);
  return regions
    .map(({ peakIndex, sum, ...box }, i) => {
      const region = {
        ...box,
        peak: data[peakIndex]!,
        peakAt: placeOf(peakIndex, width),
        mean: sum / box.area,
        core: cores[i]!,
      };
      return {
        ...region,
        ...(borders && { contour: borders[i]! }),
        ...(mmPerPixel !== undefined && { millimetres: inMillimetres(region, mmPerPixel) }),
      };
    })
    .sort((a, b) => b.peak - a.peak);
}

interface Measured extends RegionBox {
  /** The position of the greatest value in the map. */
  readonly peakIndex: number;
  readonly sum: number;
}

function measure({ data, width }: AnomalyMap, { labels, sizes }: Regions): Measured[] {
  const found = sizes.map((area) => ({
    left: Infinity,
    top: Infinity,
    right: -1,
    bottom: -1,
    area,
    peakIndex: -1,
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
    if (region.peakIndex < 0 || data[i]! > data[region.peakIndex]!) region.peakIndex = i;
    region.sum += data[i]!;
  }
  return found.map(({ left, top, right, bottom, ...rest }) => ({
    x: left,
    y: top,
    width: right - left + 1,
    height: bottom - top + 1,
    ...rest,
  }));
}

/** The core of each region, in their order. */
function findCores(
  map: AnomalyMap,
  threshold: number,
  { labels }: Regions,
  regions: readonly Measured[],
): RegionBox[] {
  const { data } = map;
  const levels = regions.map(({ peakIndex }) => threshold + CORE_FROM * (data[peakIndex]! - threshold));
  // A loop: Uint8Array.from with a function took 18 ms for 512 x 512 pixels.
  const inside = new Uint8Array(data.length);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label > 0 && data[i]! >= levels[label - 1]!) inside[i] = 1;
  }
  const parts = connectedRegions(inside, map.width);
  const measured = measure(map, parts);
  return regions.map(({ peakIndex }) => {
    const { x, y, width, height, area } = measured[parts.labels[peakIndex]! - 1]!;
    return { x, y, width, height, area };
  });
}

function inMillimetres({ core, ...region }: DefectRegion, side: number): Millimetres {
  return { ...scaled(region, side), core: scaled(core, side) };
}

function scaled({ x, y, width, height, area }: RegionBox, side: number): RegionBox {
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
