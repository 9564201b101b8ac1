/**
 * Value noise on the integer lattice, cubic interpolation, in [-1, 1]. Built from 32-bit integer hashing, so that it
 * gives the same texture on every platform.
 */
export function valueNoise(seed: number, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const across = smooth(x - left);
  const down = smooth(y - top);
  const upper = mix(lattice(seed, left, top), lattice(seed, left + 1, top), across);
  const lower = mix(lattice(seed, left, top + 1), lattice(seed, left + 1, top + 1), across);
  return mix(upper, lower, down);
}

/** Fractional Brownian motion: `octaves` of value noise, each at twice the frequency and half the amplitude; in [-1, 1]. */
export function fractalNoise(seed: number, x: number, y: number, octaves: number): number {
  let sum = 0;
  let amplitude = 1;
  let total = 0;
  let frequency = 1;
  for (let octave = 0; octave < octaves; octave++) {
    sum += amplitude * valueNoise(seed + octave * 0x9e37, x * frequency, y * frequency);
    total += amplitude;
    amplitude /= 2;
    frequency *= 2;
  }
  return sum / total;
}

/** Hermite step from 0 at `low` to 1 at `high`. */
export function smoothstep(low: number, high: number, x: number): number {
  return smooth(clamp((x - low) / (high - low)));
}

/** 1 between `low` and `high`, 0 outside, with ramps of half-width `soft` about the two limits. */
export function plateau(low: number, high: number, soft: number, x: number): number {
  return smoothstep(low - soft, low + soft, x) * (1 - smoothstep(high - soft, high + soft, x));
}

export function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

export function clamp(x: number): number {
  return Math.min(1, Math.max(0, x));
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}

function lattice(seed: number, x: number, y: number): number {
  let state = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ seed;
  state = Math.imul(state ^ (state >>> 15), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return ((state ^ (state >>> 16)) >>> 0) / 2147483648 - 1;
}
