export { type FittedHybrid, fitHybrid, type HybridFitRequest } from "./fit.ts";
export { WhitenedRows } from "./whitened-rows.ts";
export { fitWhitening } from "./whitening.ts";
