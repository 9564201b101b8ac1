export type { Frame } from "./frame.ts";
export { gridCoverage } from "./grid-coverage.ts";
export { type PaintedFrame, paintDefects } from "./paint-defects.ts";
export { perlinNoise } from "./perlin-noise.ts";
