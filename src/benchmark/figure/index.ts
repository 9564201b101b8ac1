export type { Figure } from "./figure.ts";
export { makeFigure } from "./make-figure.ts";
export { TileCollector, type Tiles } from "./tile-collector.ts";
export { readTiles, writeTiles } from "./tile-files.ts";
