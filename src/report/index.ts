export { checkMachine, type MachineFinding } from "./check-machine.ts";
export { drawHeatmap } from "./draw-heatmap.ts";
export type { GallerySample, ReportInput, Timing } from "./input.ts";
export { type LocalizationMeasure, localizationMeasures } from "./localization.ts";
export { makeReport, type Report, type ReportOptions } from "./make-report.ts";
export { renderReport } from "./report.ts";
export { readTrainingRecord, type TrainingRecord, writeTrainingRecord } from "./training-record.ts";
