import type { Grid } from "../pixels/index.ts";

/** Dimensions of one level of one image. */
export interface Level {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Where its patches lie in the network's input. */
  readonly grid: Grid;
}

export function gridsOf(levels: readonly Pick<Level, "grid">[]): Grid[] {
  return levels.map(({ grid }) => grid);
}
