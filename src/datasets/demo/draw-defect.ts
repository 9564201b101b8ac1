import type { Random } from "../../random.ts";
import type { Defect, DefectType } from "./defect.ts";
import { dent } from "./dent.ts";
import { missingHole } from "./missing-hole.ts";
import { scratch } from "./scratch.ts";
import { stain } from "./stain.ts";

const DRAW: Record<DefectType, (random: Random) => Defect> = {
  scratch,
  dent,
  stain,
  missing_hole: missingHole,
};

/** Draws a random defect of a type, placed on the part. */
export function drawDefect(random: Random, type: DefectType): Defect {
  return DRAW[type](random);
}
