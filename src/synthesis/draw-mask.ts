import type { Random } from "../random.ts";
import { drawBlob } from "./blob.ts";
import { pixelScale } from "./frame.ts";
import type { Mask } from "./mask.ts";
import { soften } from "./soften.ts";
import { drawSpecks } from "./specks.ts";
import { drawStroke } from "./stroke.ts";

const SPECKS_TRIES = 20;

/** A random shape of one of three kinds, with soft edges half of the time. It covers some of the frame. */
export function drawMask(random: Random, size: number): Mask {
  const shape = drawShape(random, size);
  if (random.uniform() < 0.5) return shape;
  return soften(shape, size, pixelScale(size) * random.uniform(0.5, 1.5));
}

const REGION_TRIES = 50;

/** A {@link drawMask} that covers some of a region, [size * size], 1 inside; the last one of many if none does. */
export function drawMaskIn(random: Random, size: number, region: Uint8Array): Mask {
  let mask = drawMask(random, size);
  for (let tries = 1; tries < REGION_TRIES && !covers(mask, size, region); tries++)
    mask = drawMask(random, size);
  return mask;
}

function covers({ top, left, width, data }: Mask, size: number, region: Uint8Array): boolean {
  return data.some((share, i) => {
    const at = (top + Math.floor(i / width)) * size + left + (i % width);
    return share > 0 && region[at] === 1;
  });
}

function drawShape(random: Random, size: number): Mask {
  const kind = random.integer(3);
  if (kind === 0) return drawStroke(random, size);
  for (let tries = 0; kind === 1 && tries < SPECKS_TRIES; tries++) {
    const specks = drawSpecks(random, size);
    if (specks) return specks;
  }
  return drawBlob(random, size);
}
