import type { Random } from "../random.ts";
import { blockNoise } from "./block-noise.ts";
import { donorTexture } from "./donor-texture.ts";
import type { Fill } from "./fill.ts";
import { type Frame, pixelScale } from "./frame.ts";
import type { Box } from "./mask.ts";

/** A random fill of one of four kinds, for the pixels of `box`. */
export function drawFill(random: Random, frame: Frame, donor: Frame, box: Box): Fill {
  switch (random.integer(4)) {
    case 0:
      return donorTexture(random, frame.size, donor);
    case 1:
      return shifted(random, frame);
    case 2:
      return tint(frame, drawTint(random));
    default:
      return blockNoise(random, frame, box);
  }
}

/** Another place of the frame itself (as CutPaste, Li et al. 2021), wrapped around its borders. */
function shifted(random: Random, { size, data }: Frame): Fill {
  const least = Math.floor(20 * pixelScale(size));
  const draw = () => least + random.integer(Math.max(1, size - 2 * least));
  const [down, right] = [draw(), draw()];
  return (y, x, colour) => {
    const from = (((y + down) % size) * size + ((x + right) % size)) * 3;
    for (let c = 0; c < 3; c++) colour[c] = data[from + c]!;
  };
}

/** The frame lighter or darker by `change`, [3]. */
export function tint({ size, data }: Frame, change: ArrayLike<number>): Fill {
  return (y, x, colour) => {
    const from = (y * size + x) * 3;
    for (let c = 0; c < 3; c++) colour[c] = data[from + c]! + change[c]!;
  };
}

function drawTint(random: Random): Float32Array {
  const strength = (random.uniform() < 0.5 ? -1 : 1) * random.uniform(15, 110);
  const colour = new Float32Array(3);
  if (random.uniform() < 0.5) random.fillNormal(colour, 12);
  return colour.map((value) => value + strength);
}
