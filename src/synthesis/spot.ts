import type { Random } from "../random.ts";
import { blobMask, drawOutline } from "./blob.ts";
import type { Mask } from "./mask.ts";

/** A round stain with an irregular outline, of any size. */
export interface Spot {
  readonly outline: Float32Array;
}

export function drawSpot(random: Random): Spot {
  return { outline: drawOutline(random) };
}

/**
 * What a spot covers that has the area of a circle of this diameter, in whole pixels. Its centre is the origin of a plane of pixels
 * for an even diameter, which is the corner of four of them, and the centre of the pixel there for an odd one: so the smallest
 * spots are not spread thin.
 */
export function spotMask({ outline }: Spot, diameter: number): Mask {
  const radius = diameter / 2 / Math.sqrt(meanSquare(outline));
  // A frame in which no part of it is cut off.
  const half = 2 * Math.ceil(radius) + 3;
  const centre = half + (diameter % 2) / 2;
  const mask = blobMask(2 * half, {
    centreY: centre,
    centreX: centre,
    a: radius,
    b: radius,
    turn: 0,
    corners: outline,
  });
  return { ...mask, top: mask.top - half, left: mask.left - half };
}

/** The mean of the squared radius over all angles; between two corners the radius is linear. */
function meanSquare(corners: Float32Array): number {
  let sum = 0;
  for (const [i, radius] of corners.entries()) {
    const next = corners[(i + 1) % corners.length]!;
    sum += (radius * radius + radius * next + next * next) / 3;
  }
  return sum / corners.length;
}
