import type { Image, Mask } from "../../../images/index.ts";

/** How a mask fits what differs between the photos of a part with and without a defect. */
export interface MaskFit {
  /** Pixels of the mask. */
  readonly area: number;
  /** Share of them that differ at all. */
  readonly changed: number;
  /** Mean over them of the largest difference of the three channels, 8-bit levels. */
  readonly change: number;
  /** Pixels more than `reach` from the mask that differ by more than 8 levels. */
  readonly strayed: number;
}

export function maskFit(good: Image, defective: Image, mask: Mask, reach = 4): MaskFit {
  const { width, height } = mask;
  let area = 0;
  let changed = 0;
  let total = 0;
  let strayed = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      const levels = difference(good.data, defective.data, pixel);
      if (mask.data[pixel] === 1) {
        area++;
        total += levels;
        if (levels > 0) changed++;
      } else if (levels > 8 && !touches(mask, x, y, reach)) strayed++;
    }
  }
  return { area, changed: changed / area, change: total / area, strayed };
}

function difference(a: Uint8Array, b: Uint8Array, pixel: number): number {
  return Math.max(...[0, 1, 2].map((channel) => Math.abs(a[3 * pixel + channel]! - b[3 * pixel + channel]!)));
}

function touches({ width, height, data }: Mask, x: number, y: number, reach: number): boolean {
  for (let v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++) {
    for (let u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++) {
      if (data[v * width + u] === 1) return true;
    }
  }
  return false;
}
