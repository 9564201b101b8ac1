export { type AlignerOptions, align } from "./aligner.ts";
export type { StageContext } from "./context.ts";
export { type DiscriminatorOptions, discriminate, PROJECTION, project } from "./discriminator.ts";
export {
  type Aggregation,
  aggregate,
  type ChannelMoments,
  largestGrid,
  type PatchFeatures,
  patchFeatures,
  scaleFeatures,
} from "./extractor.ts";
export { fuse } from "./fuser.ts";
export { constant, type Initializer, zeros } from "./initializer.ts";
export { atLeastHalf, cellMeans } from "./inside.ts";
export { crossEntropy, focal, imageScores, truncatedL1 } from "./loss.ts";
export { meanRow } from "./mean-row.ts";
export { distanceToBank } from "./memory.ts";
export { type MonaOptions, mona } from "./mona.ts";
export { resample, samplingBetween } from "./resample.ts";
export { followedBy, type Whitening, whiten } from "./whitening.ts";
