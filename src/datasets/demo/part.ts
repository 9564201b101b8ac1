/**
 * Geometry of the demo's part, a flanged bearing plate seen from above: a square plate with rounded corners, a
 * counterbored bolt hole in each corner, and a turned boss with a groove and a stepped bore. Lengths in pixels at scale
 * 1, origin at the bore's axis.
 */
export const PLATE = { half: 84, corner: 28, bevel: 3.2 } as const;
export const BOSS = { radius: 46, wall: 3, height: 9, grooveInner: 34.5, grooveOuter: 38.5 } as const;
export const BORE = { radius: 24, chamfer: 2.8, shoulder: 17.5, depth: 12 } as const;
export const BOLT = { radius: 8.5, chamfer: 2.4, counterbore: 16.5, wall: 1.8, depth: 5 } as const;
export const BOLT_CENTRES = [
  [-56, -56],
  [56, -56],
  [56, 56],
  [-56, 56],
] as const;

/** Signed distance to the plate's outline, negative inside. */
export function plateDistance(u: number, v: number): number {
  const reach = PLATE.half - PLATE.corner;
  const x = Math.abs(u) - reach;
  const y = Math.abs(v) - reach;
  const outsideX = Math.max(x, 0);
  const outsideY = Math.max(y, 0);
  return Math.sqrt(outsideX * outsideX + outsideY * outsideY) + Math.min(Math.max(x, y), 0) - PLATE.corner;
}

/** Index of the bolt hole of the quadrant of (u, v). */
export function nearestBolt(u: number, v: number): number {
  return v < 0 ? (u < 0 ? 0 : 1) : u < 0 ? 3 : 2;
}

/** Whether (u, v) is on the part, at least `margin` from its outline, its bore and its counterbores. */
export function offHoles(u: number, v: number, margin: number): boolean {
  const fromAxis = Math.sqrt(u * u + v * v);
  return (
    plateDistance(u, v) < -margin &&
    fromAxis > BORE.radius + BORE.chamfer + margin &&
    fromBolt(u, v) > BOLT.counterbore + margin
  );
}

/** Whether a disc about (u, v) lies on one face: the plate's outside the boss, or the boss's. */
export function discFits(u: number, v: number, radius: number): boolean {
  const fromAxis = Math.sqrt(u * u + v * v);
  const onBoss = fromAxis + radius < BOSS.radius - 1;
  const offBoss = fromAxis - radius > BOSS.radius + BOSS.wall + 1;
  return (onBoss || offBoss) && offHoles(u, v, radius + 1) && plateDistance(u, v) < -PLATE.bevel - radius;
}

/** Distance to the axis of the nearest bolt hole. */
export function fromBolt(u: number, v: number): number {
  const [boltU, boltV] = BOLT_CENTRES[nearestBolt(u, v)]!;
  return Math.sqrt((u - boltU) ** 2 + (v - boltV) ** 2);
}
