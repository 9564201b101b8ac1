import type { Mask } from "../pixels/index.ts";

/** Corners [x, y], the last one joined to the first. */
export type Polygon = readonly (readonly [x: number, y: number])[];

/**
 * A mask of the pixels whose centre lies in any of the polygons; x and y run from 0 to `frame`'s width and height over the whole
 * mask. A polygon that crosses itself is filled by the even-odd rule.
 */
export function fillPolygons(
  polygons: readonly Polygon[],
  frame: { readonly width: number; readonly height: number },
  width: number,
  height: number,
): Mask {
  const data = new Uint8Array(width * height);
  for (const polygon of polygons) {
    for (let row = 0; row < height; row++) {
      const y = ((row + 0.5) * frame.height) / height;
      const crossings = crossingsAt(polygon, y).map((x) => (x * width) / frame.width);
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const from = Math.max(0, Math.ceil(crossings[i]! - 0.5));
        const to = Math.min(width, Math.ceil(crossings[i + 1]! - 0.5));
        if (from < to) data.fill(1, row * width + from, row * width + to);
      }
    }
  }
  return { width, height, data };
}

/** Where a polygon's sides cross a horizontal line, from left to right. */
function crossingsAt(polygon: Polygon, y: number): number[] {
  const crossings: number[] = [];
  for (const [i, [x0, y0]] of polygon.entries()) {
    const [x1, y1] = polygon[(i + 1) % polygon.length]!;
    // A side has its upper end and not its lower one, so that a corner counts once.
    if (y0 <= y !== y1 <= y) crossings.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
  }
  return crossings.sort((a, b) => a - b);
}
