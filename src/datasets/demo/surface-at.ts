import { boltHole } from "./bolt-hole.ts";
import { boss } from "./boss.ts";
import { type Marks, machiningMarks } from "./machining-marks.ts";
import { BOSS, nearestBolt, plateDistance } from "./part.ts";
import { plate } from "./plate.ts";
import { resetSurface, type Slant, type Surface } from "./surface.ts";

/** Describes the part at (u, v), part frame. `missingBolt` is the index of a bolt hole that was not drilled. */
export function surfaceAt(
  surface: Surface,
  u: number,
  v: number,
  slant: Slant,
  marks: Marks,
  missingBolt?: number,
): void {
  const outline = plateDistance(u, v);
  resetSurface(surface, outline > 0 ? "bench" : "metal");
  surface.border = Math.abs(outline);
  if (outline > 0) return;
  const radius = Math.sqrt(u * u + v * v) || 1e-6;
  if (radius < BOSS.radius + BOSS.wall + 1) {
    boss(surface, u, v, radius, slant);
  } else {
    plate(surface, u, v, radius, outline, slant);
    boltHole(surface, u, v, slant, nearestBolt(u, v), missingBolt);
  }
  if (surface.kind === "metal") machiningMarks(surface, u, v, radius, marks);
}
