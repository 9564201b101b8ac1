import type { Random } from "../random.ts";
import { pixelScale } from "./frame.ts";
import { boxAround, emptyMask, type Mask } from "./mask.ts";
import { perlinNoise } from "./perlin-noise.ts";

const MAX_OCTAVE = 5;
/** Pixels at 256 x 256 that specks must at least cover together. */
const LEAST_AREA = 20;

/** Thresholded Perlin noise (as DRAEM's anomalies, Zavrtanik et al. 2021) within a disc; undefined if next to nothing exceeds the threshold. */
export function drawSpecks(random: Random, size: number): Mask | undefined {
  const scale = pixelScale(size);
  const rows = 2 ** (1 + random.integer(MAX_OCTAVE));
  const columns = 2 ** (1 + random.integer(MAX_OCTAVE));
  const noise = perlinNoise(random, rows, columns);
  const threshold = random.uniform(0.3, 0.6);
  const centreY = random.uniform(0, size);
  const centreX = random.uniform(0, size);
  const radius = scale * random.uniform(20, 120);
  const mask = emptyMask(boxAround(size, radius, centreY, centreX));
  let area = 0;
  for (let y = 0, i = 0; y < mask.height; y++) {
    const row = mask.top + y + 0.5;
    for (let x = 0; x < mask.width; x++, i++) {
      const column = mask.left + x + 0.5;
      if ((row - centreY) ** 2 + (column - centreX) ** 2 >= radius ** 2) continue;
      if (noise((row / size) * rows, (column / size) * columns) <= threshold) continue;
      mask.data[i] = 1;
      area++;
    }
  }
  return area >= Math.max(1, LEAST_AREA * scale ** 2) ? mask : undefined;
}
