import type { Random } from "../random.ts";
import type { Fill } from "./fill.ts";
import type { Frame } from "./frame.ts";

/** Another picture's texture, scaled by .5 to 2, turned, moved, and changed in contrast and brightness; mirrored at its borders. */
export function donorTexture(random: Random, size: number, donor: Frame): Fill {
  // Pixels of the donor for one pixel of the frame.
  const step = donor.size / size / random.uniform(0.5, 2);
  const angle = random.uniform(0, 2 * Math.PI);
  const [down, across] = [step * Math.cos(angle), step * Math.sin(angle)];
  const [startY, startX] = [random.uniform(0, donor.size), random.uniform(0, donor.size)];
  const contrast = random.uniform(0.6, 1.4);
  const brightness = random.uniform(-40, 40);
  // A shrunk texture would alias if it were sampled once for each pixel.
  const samples = step > 1.25 ? [-0.25, 0.25] : [0];
  const weight = contrast / samples.length ** 2;
  return (y, x, colour) => {
    colour.fill(brightness);
    for (const offY of samples) {
      for (const offX of samples) {
        const [v, u] = [y + offY, x + offX];
        addSample(donor, startY + down * v + across * u, startX + down * u - across * v, weight, colour);
      }
    }
  };
}

/** Adds the donor's colour at a place between pixel centres, bilinear, times `weight`. */
function addSample({ size, data }: Frame, y: number, x: number, weight: number, colour: Float32Array): void {
  const [row, column] = [Math.floor(y), Math.floor(x)];
  const [fromTop, fromLeft] = [y - row, x - column];
  const top = mirror(row, size) * size;
  const bottom = mirror(row + 1, size) * size;
  const left = mirror(column, size);
  const right = mirror(column + 1, size);
  for (let c = 0; c < 3; c++) {
    const upper = data[(top + left) * 3 + c]! * (1 - fromLeft) + data[(top + right) * 3 + c]! * fromLeft;
    const lower =
      data[(bottom + left) * 3 + c]! * (1 - fromLeft) + data[(bottom + right) * 3 + c]! * fromLeft;
    colour[c]! += weight * (upper * (1 - fromTop) + lower * fromTop);
  }
}

/** The pixel of 0..size-1 that a pixel beyond the borders is the mirror image of. */
function mirror(at: number, size: number): number {
  const period = 2 * size;
  const within = ((at % period) + period) % period;
  return within < size ? within : period - 1 - within;
}
