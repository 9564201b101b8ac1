export { type FittedHybrid, fitHybrid, type HybridFitRequest } from "./fit.ts";
