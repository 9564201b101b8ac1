import type { Random } from "../random.ts";
import { pixelScale } from "./frame.ts";
import { boxAround, emptyMask, insideEdge, type Mask } from "./mask.ts";

const CORNERS = 23;
/** An outline never comes closer to the centre than this share of the ellipse, nor goes further out than the other. */
const [LEAST_RADIUS, MOST_RADIUS] = [0.5, 1.75];

/**
 * A stain or chip: an ellipse of half-axes of 2 to 30 pixels at 256 x 256, each log-uniform, in any direction, whose radius
 * is random at 23 corners. Its centre lies in the frame.
 */
export function drawBlob(random: Random, size: number): Mask {
  const scale = pixelScale(size);
  const centreY = random.uniform(0, size);
  const centreX = random.uniform(0, size);
  const halfAxis = () => Math.max(1, scale * Math.exp(random.uniform(Math.log(2), Math.log(30))));
  const [a, b] = [halfAxis(), halfAxis()];
  const turn = random.uniform(0, Math.PI);
  const corners = drawOutline(random);
  return blobMask(size, { centreY, centreX, a, b, turn, corners });
}

/** An ellipse of half-axes `a` and `b`, turned, whose radius is multiplied by that of the nearest corners of an outline. */
export interface Blob {
  readonly centreY: number;
  readonly centreX: number;
  readonly a: number;
  readonly b: number;
  readonly turn: number;
  /** As many as {@link CORNERS}, within {@link LEAST_RADIUS} and {@link MOST_RADIUS}. */
  readonly corners: Float32Array;
}

/** What a blob covers of a frame. */
export function blobMask(size: number, { centreY, centreX, a, b, turn, corners }: Blob): Mask {
  const [sine, cosine] = [Math.sin(turn), Math.cos(turn)];
  const mask = emptyMask(boxAround(size, MOST_RADIUS * Math.max(a, b) + 1, centreY, centreX));
  for (let y = 0, i = 0; y < mask.height; y++) {
    const fromY = mask.top + y + 0.5 - centreY;
    for (let x = 0; x < mask.width; x++, i++) {
      const fromX = mask.left + x + 0.5 - centreX;
      const u = (cosine * fromX + sine * fromY) / a;
      const v = (cosine * fromY - sine * fromX) / b;
      const radius = Math.hypot(u, v);
      if (radius > MOST_RADIUS + 1) continue;
      const edge = outline(corners, Math.atan2(v, u));
      // The depth is taken along the ray from the centre. At the centre itself any is deep enough.
      const depth = radius > 0 ? (edge / radius - 1) * Math.hypot(fromY, fromX) : 1;
      mask.data[i] = insideEdge(depth);
    }
  }
  return mask;
}

/** Radii at the corners of a random outline, about 1. */
export function drawOutline(random: Random): Float32Array {
  const radii = random.fillNormal(new Float32Array(CORNERS), 0.25);
  return radii.map((radius) => Math.min(MOST_RADIUS, Math.max(LEAST_RADIUS, 1 + radius)));
}

/** The outline's radius at an angle in [-pi, pi], linear between its corners. */
function outline(corners: Float32Array, angle: number): number {
  const at = (angle / (2 * Math.PI) + 0.5) * CORNERS;
  const corner = Math.floor(at);
  const here = corners[corner % CORNERS]!;
  return here + (at - corner) * (corners[(corner + 1) % CORNERS]! - here);
}
