import type { Random } from "../../random.ts";
import { PLATE } from "../demo/part.ts";
import {
  type Bench,
  type Camera,
  IMAGE_SIZE,
  type Light,
  type Metal,
  type Pose,
  type Scene,
} from "../demo/scene.ts";
import { scatter } from "./clutter.ts";
import { drawGround } from "./ground.ts";
import type { Factor } from "./stress-class.ts";

const EDGE = 3;
/** How far the plate reaches from its centre: along its sides, and to its rounded corners. */
const SIDE = PLATE.half;
const DIAGONAL = Math.SQRT2 * (PLATE.half - PLATE.corner) + PLATE.corner;

/**
 * Draws a photo's scene. `part` gives the metal, `surroundings` all else; what is no factor stays as in every other photo, but
 * for a fixture's play of a pixel, half a degree, and the sensor's noise.
 */
export function drawStressScene(factors: readonly Factor[], part: Random, surroundings: Random): Scene {
  const varies = new Set(factors);
  return {
    metal: drawMetal(part),
    pose: drawPose(varies, surroundings),
    light: varies.has("light") ? drawLight(surroundings) : STEADY_LIGHT,
    bench: varies.has("background") ? drawBench(surroundings) : STEADY_BENCH,
    camera: drawCamera(varies, surroundings),
  };
}

function drawMetal(random: Random): Metal {
  return {
    reflectance: random.uniform(0.94, 1.04),
    gloss: random.uniform(0.92, 1.08),
    marks: random.uniform(0.8, 1.2),
    tint: [random.uniform(0.995, 1.015), 1, random.uniform(0.98, 1.01)],
    seed: random.uint32(),
  };
}

/** Any angle; anywhere in the frame, and nearer or farther. */
function drawPose(varies: ReadonlySet<Factor>, random: Random): Pose {
  const turned = varies.has("rotation");
  const moved = varies.has("position");
  const degrees = turned ? random.uniform(-180, 180) : random.uniform(-0.5, 0.5);
  const scale = moved ? random.uniform(0.78, 1.04) : 1;
  const room = moved ? IMAGE_SIZE / 2 - EDGE - scale * (turned ? DIAGONAL : SIDE) : 1;
  const angle = (degrees * Math.PI) / 180;
  return {
    x: IMAGE_SIZE / 2 + random.uniform(-room, room),
    y: IMAGE_SIZE / 2 + random.uniform(-room, room),
    cos: Math.cos(angle),
    sin: Math.sin(angle),
    scale,
  };
}

const STEADY_LIGHT = lamp(-115, 56, { strength: 1, fill: 1, warmth: 0.01 });

/** A lamp from any side, low or high, weak or strong, cold or warm. */
function drawLight(random: Random): Light {
  return lamp(random.uniform(-180, 180), random.uniform(36, 76), {
    strength: random.uniform(0.55, 1.5),
    fill: random.uniform(0.5, 1.5),
    warmth: random.uniform(-0.1, 0.14),
  });
}

function lamp(
  azimuthDegrees: number,
  elevationDegrees: number,
  { strength, fill, warmth }: { strength: number; fill: number; warmth: number },
): Light {
  const azimuth = (azimuthDegrees * Math.PI) / 180;
  const elevation = (elevationDegrees * Math.PI) / 180;
  const distance = 420;
  return {
    x: distance * Math.cos(elevation) * Math.cos(azimuth),
    y: distance * Math.cos(elevation) * Math.sin(azimuth),
    z: distance * Math.sin(elevation),
    strength,
    fill,
    tint: [1 + warmth, 1, 1 - warmth],
  };
}

const STEADY_BENCH: Bench = { reflectance: 0.03, tint: [0.87, 1, 1.06], seed: 17 };

function drawBench(random: Random): Bench {
  return { ...STEADY_BENCH, ground: scatter(drawGround(random), random) };
}

const STEADY_CAMERA = {
  exposure: 1,
  gamma: 2.2,
  blur: 0.55,
  noise: 1.6,
  vignette: 0.15,
  gradientX: 0,
  gradientY: 0,
};

/** Up to nine pixels of motion in any direction. */
function drawCamera(varies: ReadonlySet<Factor>, random: Random): Camera {
  const camera = { ...STEADY_CAMERA, noiseSeed: random.uint32() };
  if (!varies.has("motion_blur")) return camera;
  const length = random.uniform(0, 9);
  const angle = random.uniform(0, Math.PI);
  return { ...camera, motion: { x: length * Math.cos(angle), y: length * Math.sin(angle) } };
}
