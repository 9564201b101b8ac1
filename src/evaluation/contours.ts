import type { Regions } from "./components.ts";

/** A corner of pixels, [x, y]: pixel (x, y) has the corners [x, y] to [x + 1, y + 1]. */
export type Corner = readonly [x: number, y: number];

/** The border of one region: closed polygons on pixel corners, of which the last corner is joined to the first. */
export interface Contour {
  /** Clockwise as the image is seen. Where pixels of the region touch by a corner alone, it passes that corner twice. */
  readonly outer: readonly Corner[];
  /** Anticlockwise; what they surround is no part of the region. */
  readonly holes: readonly (readonly Corner[])[];
}

/** Right, down, left, up: the next one is a turn clockwise. */
const STEPS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/** The pixel ahead and to the right of a corner, for each direction. */
const AHEAD_RIGHT = [
  [0, 0],
  [-1, 0],
  [-1, -1],
  [0, -1],
] as const;

/**
 * The contours of all regions, in their order. Only corners where the border turns are kept, which loses nothing: filled, the outer
 * polygon less the holes is the region's pixels. Each border is walked once with the region at its right, so the time is that of
 * one look at each pixel and at each piece of border.
 */
export function regionContours({ labels, sizes }: Regions, width: number): Contour[] {
  const rings: Corner[][][] = sizes.map(() => []);
  /** Pixels whose upper edge belongs to a ring that was walked. */
  const walked = new Uint8Array(labels.length);
  for (let pixel = 0; pixel < labels.length; pixel++) {
    const label = labels[pixel]!;
    if (label === 0 || walked[pixel] === 1 || labels[pixel - width] === label) continue;
    rings[label - 1]!.push(walk(labels, width, pixel, walked));
  }
  // A region's first pixel lies on its outer border, and so this is the first to be met.
  return rings.map(([outer, ...holes]) => ({ outer: outer!, holes }));
}

/** The corners of the ring that the upper edge of `start` belongs to. */
function walk(labels: Int32Array, width: number, start: number, walked: Uint8Array): Corner[] {
  const label = labels[start]!;
  const height = labels.length / width;
  const [startX, startY] = [start % width, Math.floor(start / width)];
  const inside = (x: number, y: number) =>
    x >= 0 && x < width && y >= 0 && y < height && labels[y * width + x] === label;
  const corners: Corner[] = [];
  let [x, y, direction] = [startX, startY, 0];
  do {
    if (direction === 0) walked[y * width + x] = 1;
    x += STEPS[direction]![0];
    y += STEPS[direction]![1];
    const [rightX, rightY] = AHEAD_RIGHT[direction]!;
    const [leftX, leftY] = AHEAD_RIGHT[(direction + 3) % 4]!;
    // Left first: pixels that touch by a corner are of one region.
    const turn = inside(x + leftX, y + leftY) ? 3 : inside(x + rightX, y + rightY) ? 0 : 1;
    if (turn !== 0) corners.push([x, y]);
    direction = (direction + turn) % 4;
  } while (x !== startX || y !== startY || direction !== 0);
  return corners;
}
