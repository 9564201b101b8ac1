import { boxAround, emptyMask, type Mask } from "./mask.ts";

/** Less than this can change no pixel by a grey level. */
const LEAST_COVERAGE = 1 / 255;

/** Blurs a mask with a Gaussian of `sigma` pixels, cut at 3 sigma. What leaves the frame is as at its border. */
export function soften(mask: Mask, size: number, sigma: number): Mask {
  const radius = Math.ceil(3 * sigma);
  const kernel = gaussian(sigma, radius);
  const { top, left, height, width, data } = mask;
  const blurred = emptyMask(boxAround(size, radius, top, left, top + height, left + width));
  const rows = new Float32Array(height * blurred.width);
  const [down, right] = [blurred.top - top, blurred.left - left];
  // Outside of its box the mask is 0, except that beyond the border of the frame its last value is repeated.
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < blurred.width; x++) {
      let sum = 0;
      for (let k = -radius; k <= radius; k++) {
        const from = x + right + k;
        if (inside(from, left, width, size))
          sum += kernel[k + radius]! * data[y * width + clamp(from, width)]!;
      }
      rows[y * blurred.width + x] = sum;
    }
  }
  for (let y = 0; y < blurred.height; y++) {
    for (let x = 0; x < blurred.width; x++) {
      let sum = 0;
      for (let k = -radius; k <= radius; k++) {
        const from = y + down + k;
        if (inside(from, top, height, size)) {
          sum += kernel[k + radius]! * rows[clamp(from, height) * blurred.width + x]!;
        }
      }
      blurred.data[y * blurred.width + x] = sum < LEAST_COVERAGE ? 0 : Math.min(1, sum);
    }
  }
  return blurred;
}

/** Whether the mask says something about a place: within its box, or beyond the border of the frame that the box touches. */
function inside(at: number, start: number, length: number, size: number): boolean {
  return (at >= 0 || start === 0) && (at < length || start + length === size);
}

function clamp(at: number, length: number): number {
  return Math.min(length - 1, Math.max(0, at));
}

function gaussian(sigma: number, radius: number): Float64Array {
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const sum = kernel.reduce((total, value) => total + value, 0);
  return kernel.map((value) => value / sum);
}
