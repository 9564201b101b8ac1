export { makeStressSuite, type StressOptions } from "./make-stress-suite.ts";
export { DEFAULT_STRESS_CLASSES, STRESS_CLASSES } from "./stress-class.ts";
