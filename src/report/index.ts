export type { GallerySample, LossPoint, ReportInput, Timing } from "./input.ts";
export { renderReport } from "./report.ts";
