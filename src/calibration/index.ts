export { conformalThreshold, pValue } from "./conformal.ts";
export { bestF1Threshold, missThreshold } from "./defects.ts";
export {
  type FalseReject,
  type FalseRejectSeen,
  falseRejectAt,
  falseRejectSeen,
  goodImagesNeeded,
} from "./false-reject.ts";
export { type KolmogorovSmirnov, kolmogorovSmirnov, leastPValue } from "./kolmogorov-smirnov.ts";
export { median } from "./median.ts";
export { betaBinomialInterval, betaInterval } from "./realised-rate.ts";
