export { type FittedHybrid, fitHybrid, type HybridFitRequest } from "./fit.ts";
export { openWhitenedRows } from "./whitened-rows.ts";
export { fitWhitening } from "./whitening.ts";
