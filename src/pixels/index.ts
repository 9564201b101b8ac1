export {
  type Axis,
  cellGrid,
  cellShares,
  type Grid,
  isCellGrid,
  placesAmong,
  sameGrid,
} from "./axis.ts";
export { TileBlender } from "./blend-tiles.ts";
export { drawHeatmap } from "./draw-heatmap.ts";
export { type HeatmapRange, heatmap } from "./heatmap.ts";
export type { AnomalyMap, Image, Mask } from "./image.ts";
export { MAX_PIXELS, MAX_SIDE_RATIO } from "./limits.ts";
export { maskOverlay } from "./mask-overlay.ts";
export { imagesAtOnce, overlap, type TellSize } from "./overlap.ts";
export {
  imageInput,
  type PreprocessedImage,
  type PreprocessedRegion,
  type Preprocessing,
  preprocess,
} from "./preprocess.ts";
export { cutTile, type Tile, type Tiling, tilesOf, tilingOf } from "./tiles.ts";
