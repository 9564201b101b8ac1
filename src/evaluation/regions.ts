import { RsadError } from "../errors.ts";
import type { AnomalyMap } from "../pixels/index.ts";
import { labelled } from "./components.ts";
import { type Contour, regionContours } from "./contours.ts";
import { type Place, placeOf } from "./map-peak.ts";
import { addRuns, findRuns, type JoinedRuns, joinRuns, type Runs } from "./pixel-runs.ts";

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
  const runs = findRuns(data, width, threshold);
  const joined = joinRuns(runs, width);
  if (joined.sizes.length === 0) return [];
  const borders = contours ? regionContours(labelled(runs, joined, data.length), width) : undefined;
  const regions = measure(map, runs, joined);
  const cores = findCores(map, threshold, runs, joined, regions);
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

function measure({ data, width }: AnomalyMap, { from, to }: Runs, { labels, sizes }: JoinedRuns): Measured[] {
  const found = sizes.map((area) => ({
    left: Infinity,
    top: Infinity,
    right: -1,
    bottom: -1,
    area,
    peakIndex: -1,
    sum: 0,
  }));
  for (const [run, label] of labels.entries()) {
    const region = found[label - 1]!;
    const [start, end] = [from[run]!, to[run]!];
    const y = Math.floor(start / width);
    region.left = Math.min(region.left, start - y * width);
    region.right = Math.max(region.right, end - 1 - y * width);
    region.top = Math.min(region.top, y);
    region.bottom = y;
    let { peakIndex, sum } = region;
    if (peakIndex < 0) peakIndex = start;
    for (let at = start; at < end; at++) {
      sum += data[at]!;
      if (data[at]! > data[peakIndex]!) peakIndex = at;
    }
    region.peakIndex = peakIndex;
    region.sum = sum;
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
  { from, to }: Runs,
  { labels }: JoinedRuns,
  regions: readonly Measured[],
): RegionBox[] {
  const { data, width } = map;
  const levels = regions.map(({ peakIndex }) => threshold + CORE_FROM * (data[peakIndex]! - threshold));
  const parts: Runs = { from: [], to: [] };
  /** For each region the run of its core that its peak is in. */
  const peakRuns = new Int32Array(regions.length);
  for (const [run, label] of labels.entries()) {
    const before = parts.from.length;
    addRuns(parts, data, from[run]!, to[run]!, levels[label - 1]!);
    const { peakIndex } = regions[label - 1]!;
    if (peakIndex < from[run]! || peakIndex >= to[run]!) continue;
    for (let part = before; part < parts.from.length; part++) {
      if (parts.from[part]! <= peakIndex && peakIndex < parts.to[part]!) peakRuns[label - 1] = part;
    }
  }
  const joined = joinRuns(parts, width);
  const measured = measure(map, parts, joined);
  return Array.from(peakRuns, (part) => {
    const { x, y, width, height, area } = measured[joined.labels[part]! - 1]!;
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
