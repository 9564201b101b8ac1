import type { Grid } from "../pixels/index.ts";

/** Dimensions of one level of one image. */
export interface Level {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Where its patches are taken to lie in the network's input. */
  readonly grid: Grid;
}

export function gridsOf(levels: readonly Level[]): Grid[] {
  return levels.map(({ grid }) => grid);
}
