import type { Random } from "../random.ts";
import { pixelScale } from "./frame.ts";
import { boxAround, emptyMask, insideEdge, type Mask } from "./mask.ts";

const MOST_SEGMENTS = 13;

/** A scratch: a random walk that keeps roughly to its direction, 1 to 5 pixels wide at 256 x 256. It starts in the frame. */
export function drawStroke(random: Random, size: number): Mask {
  const scale = pixelScale(size);
  const ys = [random.uniform(0, size)];
  const xs = [random.uniform(0, size)];
  const reach = Math.max(1, scale * random.uniform(1, 5)) / 2;
  let angle = random.uniform(0, 2 * Math.PI);
  for (let left = 2 + random.integer(MOST_SEGMENTS - 1); left > 0; left--) {
    angle += random.normal(0, 0.35);
    const step = scale * random.uniform(4, 15);
    ys.push(ys.at(-1)! + step * Math.sin(angle));
    xs.push(xs.at(-1)! + step * Math.cos(angle));
  }
  const margin = reach + 1;
  const mask = emptyMask(
    boxAround(size, margin, Math.min(...ys), Math.min(...xs), Math.max(...ys), Math.max(...xs)),
  );
  for (let i = 1; i < ys.length; i++) addSegment(mask, size, reach, ys[i - 1]!, xs[i - 1]!, ys[i]!, xs[i]!);
  return mask;
}

/** Covers what is within `reach` of the segment. */
function addSegment(
  mask: Mask,
  size: number,
  reach: number,
  y0: number,
  x0: number,
  y1: number,
  x1: number,
): void {
  const [dy, dx] = [y1 - y0, x1 - x0];
  const lengthSquared = dy * dy + dx * dx;
  const box = boxAround(
    size,
    reach + 1,
    Math.min(y0, y1),
    Math.min(x0, x1),
    Math.max(y0, y1),
    Math.max(x0, x1),
  );
  for (let y = box.top; y < box.top + box.height; y++) {
    const fromY = y + 0.5 - y0;
    for (let x = box.left; x < box.left + box.width; x++) {
      const fromX = x + 0.5 - x0;
      const along = Math.min(1, Math.max(0, (fromY * dy + fromX * dx) / lengthSquared));
      const distance = Math.hypot(fromY - along * dy, fromX - along * dx);
      const at = (y - mask.top) * mask.width + x - mask.left;
      mask.data[at] = Math.max(mask.data[at]!, insideEdge(reach - distance));
    }
  }
}
