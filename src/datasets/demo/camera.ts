import type { Image } from "../../images/index.ts";
import { Random } from "../../random.ts";
import { type Camera, IMAGE_SIZE } from "./scene.ts";

/**
 * Turns radiance (RGB triples, row by row) into an 8-bit photo: lens blur, uneven illumination, exposure with a soft
 * shoulder, gamma, sensor noise. `radiance` is not changed.
 */
export function takePhoto(radiance: Float32Array, camera: Camera): Image {
  const blurred = blur(radiance, camera.blur);
  const data = new Uint8Array(blurred.length);
  const noise = new Random(camera.noiseSeed, "sensor").fillNormal(new Float32Array(blurred.length));
  for (let y = 0; y < IMAGE_SIZE; y++) {
    for (let x = 0; x < IMAGE_SIZE; x++) {
      const gain = camera.exposure * illumination(x, y, camera);
      const first = (y * IMAGE_SIZE + x) * 3;
      const common = noise[first + 1]!;
      for (let channel = 0; channel < 3; channel++) {
        const level = toneLevel(blurred[first + channel]! * gain, camera.gamma);
        const grain = 0.75 * common + 0.5 * noise[first + channel]!;
        data[first + channel] = Math.min(255, Math.max(0, Math.round(level + camera.noise * grain)));
      }
    }
  }
  return { width: IMAGE_SIZE, height: IMAGE_SIZE, data };
}

/** The 8-bit level, unrounded, of a radiance after exposure. */
export function toneLevel(radiance: number, gamma: number): number {
  return 255 * (1 - Math.exp(-1.45 * Math.max(0, radiance))) ** (1 / gamma);
}

/** Brightness of the scene at a pixel relative to its centre: vignetting and a linear gradient. */
function illumination(x: number, y: number, camera: Camera): number {
  const across = (2 * x) / (IMAGE_SIZE - 1) - 1;
  const down = (2 * y) / (IMAGE_SIZE - 1) - 1;
  const vignette = 1 - (camera.vignette * (across * across + down * down)) / 2;
  return vignette * (1 + camera.gradientX * across + camera.gradientY * down);
}

/** Separable Gaussian blur of five taps, borders repeated. */
function blur(source: Float32Array, deviation: number): Float32Array {
  const near = Math.exp(-0.5 / (deviation * deviation));
  const far = Math.exp(-2 / (deviation * deviation));
  const total = 1 + 2 * near + 2 * far;
  const taps = [far / total, near / total, 1 / total, near / total, far / total];
  return convolve(convolve(source, taps, 1, 0), taps, 0, 1);
}

function convolve(source: Float32Array, taps: readonly number[], stepX: number, stepY: number): Float32Array {
  const target = new Float32Array(source.length);
  const last = IMAGE_SIZE - 1;
  for (let y = 0; y < IMAGE_SIZE; y++) {
    for (let x = 0; x < IMAGE_SIZE; x++) {
      const to = (y * IMAGE_SIZE + x) * 3;
      for (let tap = -2; tap <= 2; tap++) {
        const fromX = Math.min(last, Math.max(0, x + tap * stepX));
        const fromY = Math.min(last, Math.max(0, y + tap * stepY));
        const from = (fromY * IMAGE_SIZE + fromX) * 3;
        const weight = taps[tap + 2]!;
        target[to]! += weight * source[from]!;
        target[to + 1]! += weight * source[from + 1]!;
        target[to + 2]! += weight * source[from + 2]!;
      }
    }
  }
  return target;
}
