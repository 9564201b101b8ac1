import type { Inspection, Millimetres } from "../evaluation/index.ts";
import { rounded } from "../format.ts";

const MOST_REGIONS = 5;

/** An image's verdict in a line, and unless it is good the largest of its regions in one each. */
export function describeInspection(
  path: string,
  { verdict, score, threshold, pValue, regions }: Inspection,
): string {
  const rank = pValue === undefined ? "" : `, p ${pValue.toPrecision(2)}`;
  const line = `${verdict.padEnd(6)}  ${rounded(score).padStart(9)}  (threshold ${rounded(threshold)}${rank})  ${path}`;
  if (verdict === "good") return line;
  const boxes = regions
    .slice(0, MOST_REGIONS)
    .map(
      ({ x, y, width, height, area, peak, millimetres }) =>
        `        ${width} x ${height} pixels at (${x}, ${y}), area ${area}, peak ${rounded(peak)}` +
        (millimetres === undefined ? "" : `: ${size(millimetres)}`),
    );
  const more = regions.length - boxes.length;
  return [line, ...boxes, ...(more > 0 ? [`        and ${more} more, with lower peaks`] : [])].join("\n");
}

function size({ width, height, area }: Millimetres): string {
  const [w, h, a] = [width, height, area].map((value) => Number(value.toPrecision(3)));
  return `${w} x ${h} mm, ${a} mm²`;
}
