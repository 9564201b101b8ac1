import { IMAGE_SIZE, type Motion } from "./scene.ts";

/**
 * What an image of IMAGE_SIZE² pixels with `channels` values each becomes if it moves during the exposure: the mean along the
 * path, whose middle is where the image was. Borders are repeated. `source` is not changed.
 */
export function smear(source: Float32Array, channels: number, motion: Motion): Float32Array {
  const steps = Math.ceil(Math.sqrt(motion.x ** 2 + motion.y ** 2)) + 1;
  const target = new Float32Array(source.length);
  for (let step = 0; step < steps; step++) {
    const time = (step + 0.5) / steps - 0.5;
    addShifted(target, source, channels, time * motion.x, time * motion.y, 1 / steps);
  }
  return target;
}

/** Adds `source`, moved by (dx, dy) pixels with bilinear interpolation, times `weight`. */
function addShifted(
  target: Float32Array,
  source: Float32Array,
  channels: number,
  dx: number,
  dy: number,
  weight: number,
): void {
  const left = Math.floor(-dx);
  const top = Math.floor(-dy);
  const across = -dx - left;
  const down = -dy - top;
  const corners = [
    [left, top, (1 - across) * (1 - down)],
    [left + 1, top, across * (1 - down)],
    [left, top + 1, (1 - across) * down],
    [left + 1, top + 1, across * down],
  ] as const;
  for (const [shiftX, shiftY, share] of corners) {
    const scale = weight * share;
    for (let y = 0; y < IMAGE_SIZE; y++) {
      const row = inside(y + shiftY) * IMAGE_SIZE;
      for (let x = 0; x < IMAGE_SIZE; x++) {
        const from = (row + inside(x + shiftX)) * channels;
        const to = (y * IMAGE_SIZE + x) * channels;
        for (let channel = 0; channel < channels; channel++)
          target[to + channel]! += scale * source[from + channel]!;
      }
    }
  }
}

function inside(position: number): number {
  return Math.min(IMAGE_SIZE - 1, Math.max(0, position));
}
