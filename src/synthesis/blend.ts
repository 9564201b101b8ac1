import type { Fill } from "./fill.ts";
import type { Frame } from "./frame.ts";
import type { Mask } from "./mask.ts";

/** The pixels of the mask's box, [height * width * 3], after a fill was laid over `painted` where the mask is, as opaque as stated. */
export function blend(
  painted: Frame,
  mask: Mask,
  fill: Fill,
  opacity: number,
  grey: boolean,
): Uint8ClampedArray {
  const { top, left, height, width } = mask;
  const blended = new Uint8ClampedArray(height * width * 3);
  const colour = new Float32Array(3);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const from = ((top + y) * painted.size + left + x) * 3;
      const share = mask.data[i]! * opacity;
      if (share > 0) {
        fill(top + y, left + x, colour);
        if (grey) colour.fill((colour[0]! + colour[1]! + colour[2]!) / 3);
      }
      for (let c = 0; c < 3; c++) {
        const before = painted.data[from + c]!;
        blended[i * 3 + c] = share > 0 ? before + (colour[c]! - before) * share : before;
      }
    }
  }
  return blended;
}

/** Mean absolute difference between `blended` and the frame under the mask, weighted by it, in grey levels. */
export function visibility(frame: Frame, mask: Mask, blended: ArrayLike<number>): number {
  const { top, left, height, width } = mask;
  let [sum, weight] = [0, 0];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const share = mask.data[i]!;
      if (share === 0) continue;
      const from = ((top + y) * frame.size + left + x) * 3;
      for (let c = 0; c < 3; c++) sum += share * Math.abs(blended[i * 3 + c]! - frame.data[from + c]!);
      weight += 3 * share;
    }
  }
  return sum / weight;
}
