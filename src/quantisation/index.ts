export type { Agreement } from "./agreement.ts";
export type { AccuracyCheck, BeforeAndAfter } from "./check.ts";
export { DEFAULT_MAX_LOSS, type QuantiseRequest, type QuantiseResult, quantise } from "./quantise.ts";
