/**
 * rsad for browsers: a trained model, run on the device that shows the page. Nothing is sent anywhere.
 *
 * `score` and `inspect` take the same images as in Node, so the same pixels give the same scores; only what a file decodes to may
 * differ a little from browser to browser.
 *
 * @example
 * ```ts
 * import { decode, drawOverlay, inspect, load } from "rsad/browser";
 *
 * const model = await load("model.onnx");
 * const image = await decode(file);
 * const { verdict, score, threshold, regions, map, pixelThreshold } = await inspect(model, image);
 * context.putImageData(drawOverlay(image, map, { pixelThreshold, opacity: 0.7 }), 0, 0);
 * ```
 *
 * @module
 */
import "./jitless.ts";

export type { FalseReject } from "../calibration/index.ts";
export { ERROR_CODES, type ErrorCode, type ErrorDetails, RsadError } from "../errors.ts";
export {
  type Calibrated,
  type Contour,
  type Corner,
  type DefectRegion,
  defectRegions,
  type Inspection,
  type InspectOptions,
  inspect,
  type Judge,
  type MapPeak,
  type Millimetres,
  type Place,
  type RegionBox,
  type RegionOptions,
  type Verdict,
  type VerdictPromise,
} from "../evaluation/index.ts";
export type { Device, DeviceChoice, DeviceRequest, RuntimeFiles, WebDevice } from "../graph/index.ts";
export type { Model, ModelMetadata, ScoredImage, Scorer } from "../model/index.ts";
export { type AnomalyMap, drawHeatmap, type Image } from "../pixels/index.ts";
export type { OnProgress, Progress } from "../progress.ts";
export { VERSION } from "../version.ts";
export { decode, type Picture } from "./decode.ts";
export { drawOverlay, type OverlayOptions, toImageData } from "./draw.ts";
export { judgeAgain } from "./judge-again.ts";
export { type LoadOptions, load } from "./load.ts";
