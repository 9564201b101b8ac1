import type { Random } from "../random.ts";
import { blend, visibility } from "./blend.ts";
import { drawMask, drawMaskIn } from "./draw-mask.ts";
import { drawFill, tint } from "./fills.ts";
import { type Frame, isGrey } from "./frame.ts";
import type { Mask } from "./mask.ts";

export interface PaintedFrame {
  readonly frame: Frame;
  /** Share of each pixel that is painted over, [size * size], 0..1. */
  readonly coverage: Float32Array;
}

const MOST_DEFECTS = 3;
/** Mean change, in grey levels, below which a defect's fill is drawn again. */
const LEAST_VISIBILITY = 4;
const FILL_TRIES = 5;
const LAST_RESORT = 80;

/**
 * Paints 1 to 3 pseudo-defects into a copy of a good image: random shapes, filled with texture of the image itself, of
 * `donor` (another good image, of any size) or with generated patterns. Each can be seen: it differs from the image by 4
 * grey levels on average. Where `coverage` is 0, the image is as it was. A grey image stays grey: colour on it would give
 * defects away. With a `region`, [size * size], shapes that cover none of it (where it is 1) are drawn again, some times.
 *
 * In the tradition of CutPaste (Li et al. 2021), DRAEM (Zavrtanik et al. 2021) and GLASS (Chen et al. 2024), without any
 * pictures from elsewhere.
 */
export function paintDefects(random: Random, frame: Frame, donor: Frame, region?: Uint8Array): PaintedFrame {
  const { size } = frame;
  const grey = isGrey(frame);
  const painted: Frame = { size, data: Uint8Array.from(frame.data) };
  const coverage = new Float32Array(size * size);
  for (let left = 1 + random.integer(MOST_DEFECTS); left > 0; left--) {
    const mask = region === undefined ? drawMask(random, size) : drawMaskIn(random, size, region);
    paste(painted, coverage, mask, drawVisible(random, frame, painted, donor, mask, grey));
  }
  return { frame: painted, coverage };
}

/** The pixels of the mask's box with a defect that can be seen. */
function drawVisible(
  random: Random,
  frame: Frame,
  painted: Frame,
  donor: Frame,
  mask: Mask,
  grey: boolean,
): Uint8ClampedArray {
  for (let tries = 0; tries < FILL_TRIES; tries++) {
    const opacity = random.uniform(0.3, 1);
    const blended = blend(painted, mask, drawFill(random, frame, donor, mask), opacity, grey);
    if (visibility(frame, mask, blended) >= LEAST_VISIBILITY) return blended;
  }
  // Nearly only where a large part is black or white: of lighter and darker, the one that there is room for.
  const [darker, lighter] = [-LAST_RESORT, LAST_RESORT].map((change) =>
    blend(painted, mask, tint(frame, [change, change, change]), 1, grey),
  );
  return visibility(frame, mask, darker!) > visibility(frame, mask, lighter!) ? darker! : lighter!;
}

function paste(painted: Frame, coverage: Float32Array, mask: Mask, blended: Uint8ClampedArray): void {
  const { size } = painted;
  for (let y = 0; y < mask.height; y++) {
    const start = (mask.top + y) * size + mask.left;
    const row = y * mask.width;
    painted.data.set(blended.subarray(row * 3, (row + mask.width) * 3), start * 3);
    for (let x = 0; x < mask.width; x++) {
      coverage[start + x] = Math.max(coverage[start + x]!, mask.data[row + x]!);
    }
  }
}
