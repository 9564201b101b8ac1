import type { Surface } from "./surface.ts";

export const DEFECT_TYPES = ["scratch", "dent", "stain", "missing_hole"] as const;
export type DefectType = (typeof DEFECT_TYPES)[number];

/** A fault of the part, in the part's frame. */
export interface Defect {
  /** A disc that holds all that the defect changes. */
  readonly centreU: number;
  readonly centreV: number;
  readonly reach: number;
  /** The bolt hole that was not drilled. */
  readonly missingBolt?: number;
  /** Changes the metal at (u, v). */
  alter(surface: Surface, u: number, v: number): void;
  /** Whether (u, v) belongs to the defect's true mask, given that metal is there. */
  covers(u: number, v: number): boolean;
}
