import type { AnomalyMap } from "../../images/index.ts";
import type { Random } from "../../random.ts";

const TRIES = 100;

/**
 * A random pixel corner around which a spot of this diameter lies in the image as a whole, in what the model looks at, and where
 * the map is below `threshold`. Where a hundred draws find no such place, the last one counts.
 */
export function drawPlace(
  random: Random,
  map: AnomalyMap,
  diameter: number,
  threshold: number,
): { readonly x: number; readonly y: number } {
  const reach = Math.ceil(diameter / 2);
  const within = (side: number) => reach + Math.round(random.uniform() * Math.max(0, side - 2 * reach));
  for (let tries = 1; ; tries++) {
    const [x, y] = [within(map.width), within(map.height)];
    if (tries === TRIES || isQuiet(map, x, y, reach, threshold)) return { x, y };
  }
}

/** Whether the map is below the threshold on a lattice over the square around a corner; NaN is not. */
function isQuiet(
  { width, height, data }: AnomalyMap,
  x: number,
  y: number,
  reach: number,
  threshold: number,
): boolean {
  const step = Math.max(1, Math.floor(reach / 4));
  for (let py = Math.max(0, y - reach); py < Math.min(height, y + reach); py += step) {
    for (let px = Math.max(0, x - reach); px < Math.min(width, x + reach); px += step) {
      if (!(data[py * width + px]! < threshold)) return false;
    }
  }
  return true;
}
