import type { DefectRegion, Inspection, RegionBox } from "../evaluation/index.ts";
import { rounded } from "../format.ts";

const MOST_REGIONS = 5;

/** An image's verdict in a line, and unless it is good where it is worst and the largest of its regions, in one each. */
export function describeInspection(path: string, inspection: Inspection): string {
  const { verdict, score, regions, peak } = inspection;
  const line = `${verdict.padEnd(6)}  ${rounded(score).padStart(9)}  (${describeMeasures(inspection)})  ${path}`;
  if (verdict === "good") return line;
  const places = regions.slice(0, MOST_REGIONS).map(describeRegion);
  if (regions.length === 0 && peak !== undefined)
    places.push(`no region; the map is highest at (${peak.x}, ${peak.y}): ${rounded(peak.value)}`);
  const more = regions.length - MOST_REGIONS;
  if (more > 0) places.push(`and ${more} more, with lower peaks`);
  return [line, ...places.map((place) => `        ${place}`)].join("\n");
}

/** What the score was held against. */
function describeMeasures({ threshold, reviewThreshold, pValue }: Inspection): string {
  const hasBand = reviewThreshold !== undefined && reviewThreshold < threshold;
  return [
    ...(hasBand ? [`review from ${rounded(reviewThreshold)}`] : []),
    `threshold ${rounded(threshold)}`,
    ...(pValue === undefined ? [] : [`p ${pValue.toPrecision(2)}`]),
  ].join(", ");
}

function describeRegion({ area, peak, peakAt, core, millimetres, ...box }: DefectRegion): string {
  return (
    `${size(box)} at (${box.x}, ${box.y}), area ${area}, peak ${rounded(peak)} at (${peakAt.x}, ${peakAt.y})` +
    `, core ${size(core)} at (${core.x}, ${core.y})` +
    (millimetres === undefined ? "" : `: ${sizeOnPart(millimetres)}, core ${sizeOnPart(millimetres.core)}`)
  );
}

function size({ width, height }: Pick<RegionBox, "width" | "height">): string {
  return `${width} x ${height} pixels`;
}

function sizeOnPart({ width, height, area }: RegionBox): string {
  const [w, h, a] = [width, height, area].map((value) => Number(value.toPrecision(3)));
  return `${w} x ${h} mm, ${a} mm²`;
}
