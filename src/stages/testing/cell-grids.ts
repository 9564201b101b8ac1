import type { Value } from "../../graph/index.ts";
import { cellGrid, type Grid } from "../../pixels/index.ts";

/** The grids of levels [N, C, h, w] whose patches are equal cells of the image. */
export function cellGrids(levels: readonly Pick<Value, "shape">[]): Grid[] {
  return levels.map(({ shape }) => cellGrid(shape[2] as number, shape[3] as number));
}
