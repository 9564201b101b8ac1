export { type CheckOptions, checkDataset } from "./check/check-dataset.ts";
export { FINDING_CODES, type Finding } from "./check/finding.ts";
export type { Dataset, Sample } from "./dataset.ts";
export { type DemoOptions, makeDemo } from "./demo/index.ts";
export { type Fingerprint, fingerprint, fingerprintOf, hashImages, placesByContent } from "./fingerprint.ts";
export { leaveOut, readDropList } from "./leave-out.ts";
export { listFiles } from "./list-images.ts";
export { openDataset } from "./open-dataset.ts";
export { cutSamples, decodeSample, type ReadSample, sampleReader } from "./read-sample.ts";
export {
  DEFAULT_STRESS_CLASSES,
  makeStressSuite,
  STRESS_CLASSES,
  type StressOptions,
} from "./stress/index.ts";
export {
  type ClassCounts,
  checkSuite,
  countImages,
  openSuite,
  publishedClasses,
  publishedCounts,
  SUITE_IDS,
  type Suite,
  type SuiteClass,
  type SuiteId,
} from "./suites/index.ts";
