import type { AnomalyMap } from "../../images/index.ts";
import type { Random } from "../../random.ts";

/** Enough to find the places in a narrow region: one in two hundred is missed once in a hundred and fifty times. */
const TRIES = 1000;

/**
 * A random pixel corner around which a spot of this diameter lies in the image as a whole, in what the model looks at, and where
 * the map is below `threshold`; undefined where a thousand draws find none.
 */
export function drawPlace(
  random: Random,
  map: AnomalyMap,
  diameter: number,
  threshold: number,
): { readonly x: number; readonly y: number } | undefined {
  const reach = Math.ceil(diameter / 2);
  if (Math.min(map.width, map.height) < 2 * reach) return undefined;
  const within = (side: number) => reach + Math.round(random.uniform() * (side - 2 * reach));
  for (let tries = 0; tries < TRIES; tries++) {
    const [x, y] = [within(map.width), within(map.height)];
    if (isQuiet(map, x, y, reach, threshold)) return { x, y };
  }
  return undefined;
}

/** Whether the map is below the threshold on a lattice over the square around a corner, up to all its sides; NaN is not. */
function isQuiet(
  { width, data }: AnomalyMap,
  x: number,
  y: number,
  reach: number,
  threshold: number,
): boolean {
  const last = 2 * reach - 1;
  const step = Math.max(1, Math.floor(reach / 4));
  const offsets = Array.from(
    { length: Math.ceil(last / step) + 1 },
    (_, i) => Math.min(last, i * step) - reach,
  );
  return offsets.every((down) => offsets.every((right) => data[(y + down) * width + x + right]! < threshold));
}
