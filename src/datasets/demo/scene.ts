import type { Random } from "../../random.ts";

/** Width and height of the demo's images in pixels. */
export const IMAGE_SIZE = 256;

/** Position of the part in the image: `image = centre + scale * rotation(part)`. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly cos: number;
  readonly sin: number;
  readonly scale: number;
}

/** A lamp at a finite distance: its position in pixels from the image's centre, z towards the camera. */
export interface Light {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly strength: number;
  /** Light from all around, relative to the lamp. */
  readonly fill: number;
  readonly tint: Tint;
}

export interface Metal {
  readonly reflectance: number;
  readonly gloss: number;
  /** Strength of the machining marks. */
  readonly marks: number;
  readonly tint: Tint;
  readonly seed: number;
}

export interface Bench {
  readonly reflectance: number;
  readonly tint: Tint;
  readonly seed: number;
  /** What lies under the part instead of plain rubber. */
  readonly ground?: Ground;
}

/** The reflectance of the ground at a point of the image. */
export type Ground = (x: number, y: number) => Tint;

export interface Camera {
  readonly exposure: number;
  readonly gamma: number;
  /** Standard deviation of the lens blur in pixels. */
  readonly blur: number;
  /** Standard deviation of the sensor noise in 8-bit levels. */
  readonly noise: number;
  readonly noiseSeed: number;
  /** Share of light lost in the corners. */
  readonly vignette: number;
  /** Change of brightness from the centre to an edge. */
  readonly gradientX: number;
  readonly gradientY: number;
  /** Of the whole scene, bench and all; it rests if left out. */
  readonly motion?: Motion;
}

/** How far the scene moves across the image during the exposure, at constant speed. Pixels. */
export interface Motion {
  readonly x: number;
  readonly y: number;
}

export interface Scene {
  readonly pose: Pose;
  readonly light: Light;
  readonly metal: Metal;
  readonly bench: Bench;
  readonly camera: Camera;
}

export type Tint = readonly [red: number, green: number, blue: number];

/** Draws everything about a photo but its defect. Always takes the same number of values from `random`. */
export function drawScene(random: Random): Scene {
  return {
    pose: drawPose(random),
    light: drawLight(random),
    metal: {
      reflectance: random.uniform(0.88, 1.08),
      gloss: random.uniform(0.85, 1.15),
      marks: random.uniform(0.8, 1.2),
      tint: [random.uniform(0.99, 1.02), 1, random.uniform(0.97, 1.02)],
      seed: random.uint32(),
    },
    bench: {
      reflectance: random.uniform(0.022, 0.04),
      tint: [random.uniform(0.82, 0.92), 1, random.uniform(1, 1.12)],
      seed: random.uint32(),
    },
    camera: {
      exposure: random.uniform(0.86, 1.14),
      gamma: random.uniform(2.05, 2.3),
      blur: random.uniform(0.4, 0.7),
      noise: random.uniform(1.2, 2.2),
      noiseSeed: random.uint32(),
      vignette: random.uniform(0.08, 0.25),
      gradientX: random.uniform(-0.1, 0.1),
      gradientY: random.uniform(-0.1, 0.1),
    },
  };
}

function drawPose(random: Random): Pose {
  const angle = (random.uniform(-25, 25) * Math.PI) / 180;
  return {
    x: IMAGE_SIZE / 2 + random.uniform(-8, 8),
    y: IMAGE_SIZE / 2 + random.uniform(-8, 8),
    cos: Math.cos(angle),
    sin: Math.sin(angle),
    scale: random.uniform(0.95, 1.04),
  };
}

function drawLight(random: Random): Light {
  const azimuth = (random.uniform(-165, -15) * Math.PI) / 180;
  const elevation = (random.uniform(48, 64) * Math.PI) / 180;
  const distance = 420;
  const warmth = random.uniform(-0.03, 0.05);
  return {
    x: distance * Math.cos(elevation) * Math.cos(azimuth),
    y: distance * Math.cos(elevation) * Math.sin(azimuth),
    z: distance * Math.sin(elevation),
    strength: random.uniform(0.85, 1.15),
    fill: random.uniform(0.85, 1.15),
    tint: [1 + warmth, 1, 1 - warmth],
  };
}
