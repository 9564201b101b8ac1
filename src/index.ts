/**
 * rsad: visual defect detection that learns from good images only. What the command line does, as functions.
 *
 * Three calls are most of it: {@link train} writes a model file from a folder of good images, {@link load} opens it, and {@link inspect} says of an
 * image whether it is defective, and where. What has a default may be left out; files are given as paths or bytes, data sets as folders.
 *
 * Every failure that can be caused or mended from outside is an {@link RsadError} with a stable code and a hint.
 *
 * @example Train on good images, measure on labelled ones, write the report
 * ```ts
 * import { writeFile } from "node:fs/promises";
 * import { makeDemo, makeReport, openDataset, load, recipe, train } from "rsad";
 *
 * await makeDemo("parts", { seed: 0, trainCount: 8, goodCount: 2, perDefect: 1 });
 * const { modelPath } = await train({
 *   data: "parts",
 *   output: "model.onnx",
 *   recipe: recipe("default", { "length.steps": 4, "painting.images": 4 }),
 * });
 *
 * const model = await load(modelPath);
 * const { evaluation, html } = await makeReport(model, await openDataset("parts"));
 * await model.close();
 * await writeFile("report.html", html);
 * console.log(evaluation.image.auroc, evaluation.pixel?.auroc);
 * ```
 *
 * @example Judge an image
 * ```ts
 * import { writeFile } from "node:fs/promises";
 * import { decodeImage, drawHeatmap, encodePng, inspect, load, RsadError } from "rsad";
 *
 * const model = await load("model.onnx");
 * try {
 *   const image = await decodeImage("parts/test/scratch/000.png");
 *   const { verdict, score, threshold, regions, map } = await inspect(model, image);
 *   console.log(verdict, score, threshold, regions);
 *   const heatmap = drawHeatmap(image, map, model.metadata.threshold?.pixel);
 *   await writeFile("heatmap.png", await encodePng(heatmap));
 * } catch (error) {
 *   if (error instanceof RsadError) console.log(error.code, error.message, error.hint);
 *   else throw error;
 * } finally {
 *   await model.close();
 * }
 * ```
 *
 * @example Use a backbone that is known by name, and download it first if it is not here
 * ```ts
 * import { describeBackbone, parseBackbone, pullBackbone } from "rsad";
 *
 * export async function paperBackbone() {
 *   const { state, licence, notice } = await describeBackbone("wide_resnet50_2");
 *   console.log(licence, notice);
 *   if (state !== "here") await pullBackbone("wide_resnet50_2");
 *   return parseBackbone("wide_resnet50_2", { taps: "layer2,layer3" });
 * }
 * ```
 *
 * @example Use a backbone of your own
 * ```ts
 * import { train, type BackboneSpec } from "rsad";
 *
 * export async function trainWith(file: string) {
 *   const backbone: BackboneSpec = {
 *     kind: "onnx",
 *     file,
 *     taps: ["layer2", "layer3"],
 *     normalisation: {
 *       channels: "rgb",
 *       scale: 1 / 255,
 *       mean: [0.485, 0.456, 0.406],
 *       std: [0.229, 0.224, 0.225],
 *     },
 *   };
 *   return train({
 *     data: "parts",
 *     output: "parts.onnx",
 *     backbone,
 *     onProgress: ({ phase, done, total }) => console.log(phase, done, total),
 *   });
 * }
 * ```
 *
 * @example Compare methods on every class of a suite
 * ```ts
 * import { methodVariants, openSuite, runBenchmark } from "rsad";
 *
 * export async function compare(folder: string) {
 *   const { results, files } = await runBenchmark({
 *     suite: await openSuite("mvtec", folder),
 *     variants: methodVariants(["default", "patchcore"]),
 *     backbones: [{ kind: "embedded" }],
 *     seeds: [0, 1, 2],
 *     output: "comparison",
 *     onEvent: (event) => console.log(event.kind),
 *   });
 *   console.log(results.cells.length, files);
 * }
 * ```
 *
 * @module
 */
export {
  type ContrastResult,
  type EvaluateModelOptions,
  evaluateModel,
  type InspectedSample,
  type OpenModelOptions as LoadOptions,
  openModel as load,
  type SizeResult,
  type SmallestDefect,
  type SmallestDefectOptions,
  smallestDefect,
} from "./assessment/index.ts";
export {
  type AddOptions,
  addBackbone,
  type BackboneFlags,
  type BackboneInfo,
  type BackboneSpec,
  type DescribedTap,
  describeBackbone,
  type KnownFile,
  type KnownWeights,
  listBackbones,
  type Normalisation,
  type OnnxBackboneSpec,
  type Pulled,
  type PullOptions,
  parseBackbone,
  pullBackbone,
  type RegistryOptions,
  type RemoveOptions,
  removeBackbone,
  type StoredSpec,
  type WeightsBackboneSpec,
} from "./backbones/index.ts";
export {
  ABLATED_RECIPES,
  type AblatedRecipe,
  type Ablation,
  type AblationRequest,
  ablationVariants,
  type BenchmarkEvent,
  type BenchmarkOutcome,
  type BenchmarkRequest,
  type BenchmarkResults,
  type CellFailure,
  type CellName,
  type CellResult,
  type Collected as CollectedResults,
  type Estimate,
  type LearningCurveRequest,
  learningCurve,
  type Measures,
  type MergeOutcome,
  type MergeRequest,
  mergeBenchmarks,
  methodVariants,
  type OnBenchmarkEvent,
  type Overrides,
  runBenchmark,
  type Shard,
  type Standing,
  type SummarizedSuite,
  type Summary,
  type SummaryFiles,
  type SummaryLine,
  type SummaryRequest,
  type SweepName,
  summarizeBenchmarks,
  sweepNames,
  type Variant,
  type WrittenResults,
} from "./benchmark/index.ts";
export type { FalseReject, FalseRejectSeen } from "./calibration/index.ts";
export {
  type CheckOptions,
  checkDataset,
  checkSuite,
  type Dataset,
  type DemoOptions,
  FINDING_CODES,
  type Finding,
  type Fingerprint,
  fingerprint,
  makeDemo,
  makeStressSuite,
  openDataset,
  openSuite,
  readDropList,
  type Sample,
  type StressOptions,
  SUITE_IDS,
  type Suite,
  type SuiteClass,
  type SuiteId,
} from "./datasets/index.ts";
export {
  type PathAgreement,
  type Tolerance,
  type TritonRequest,
  type Verification,
  type VerifyRequest,
  verify,
  type WebFolder,
  type WebFolderRequest,
  type WriteModelRequest,
  writeBatchModel,
  writeFullModel,
  writeTritonRepository,
  writeWebFolder,
} from "./deployment/index.ts";
export {
  DECISIONS,
  type Decision,
  type DefectCounts,
  type Drift,
  type RecalibrateRequest,
  type RecalibrateResult,
  recalibrate,
  type ScoreShift,
  type Timing,
  type TrainRequest,
  type TrainResult,
  train,
} from "./detectors/index.ts";
export { ERROR_CODES, type ErrorCode, type ErrorDetails, RsadError } from "./errors.ts";
export {
  type Calibrated,
  type CocoDocument,
  type CocoSource,
  type Contour,
  type Corner,
  cocoDocument,
  type DefectRegion,
  defectRegions,
  type EvaluatedSample,
  type Evaluation,
  Evaluator,
  type EvaluatorOptions,
  type F1Max,
  type ImageEvaluation,
  type Inspection,
  type InspectOptions,
  inspect,
  type Judge,
  type MapPeak,
  type MeanAndDeviation,
  type Millimetres,
  meanAndDeviation,
  type PixelEvaluation,
  type Place,
  type RegionBox,
  type RegionOptions,
  type ReviewCounts,
  type SampleEvaluation,
  type ScoredSample,
  type ThresholdEvaluation,
  type TypeEvaluation,
  type Verdict,
  type VerdictPromise,
} from "./evaluation/index.ts";
export type { FeaturePrecision } from "./features/index.ts";
export type { FileSource } from "./files.ts";
export { DEVICES, type Device, type DeviceChoice, type DeviceRequest } from "./graph/index.ts";
export {
  type AnomalyMap,
  decodeImage,
  decodeMask,
  drawHeatmap,
  encodeNpy,
  encodePng,
  encodeTiff,
  type Image,
  type ImageSource,
  type Mask,
  type MaskRule,
  type PngOptions,
  type Tile,
} from "./images/index.ts";
export {
  type Model,
  type ModelMetadata,
  PRECISIONS,
  type Precision,
  type ScoredImage,
  type Scorer,
  type Thresholds,
} from "./model/index.ts";
export type { OnProgress, Progress } from "./progress.ts";
export {
  type AccuracyCheck,
  type Agreement,
  type BeforeAndAfter,
  type QuantiseRequest,
  type QuantiseResult,
  quantise,
} from "./quantisation/index.ts";
export {
  type DfmRecipe,
  type HybridRecipe,
  METHODS,
  type Method,
  type PadimRecipe,
  type PatchCoreRecipe,
  RECIPES,
  type Recipe,
  type RecipeName,
  recipe,
  type TrainedRecipe,
} from "./recipes/index.ts";
export {
  checkMachine,
  type MachineCode,
  type MachineFinding,
  makeReport,
  makeSuspectsReport,
  type Report,
  type ReportOptions,
  type SuspectsReport,
} from "./report/index.ts";
export {
  type FindSuspectsRequest,
  findSuspects,
  type ShownSuspect,
  type Suspect,
  type Suspects,
} from "./suspects/index.ts";
export type { LossPoint } from "./training/index.ts";
export { VERSION } from "./version.ts";
