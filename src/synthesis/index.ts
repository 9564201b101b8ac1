export type { Frame } from "./frame.ts";
export { gridCoverage } from "./grid-coverage.ts";
export type { Mask } from "./mask.ts";
export { type PaintedFrame, paintDefects } from "./paint-defects.ts";
export { perlinNoise } from "./perlin-noise.ts";
export { drawSpot, type Spot, spotMask } from "./spot.ts";
