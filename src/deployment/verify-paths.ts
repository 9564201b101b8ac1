import { inspect, type Verdict } from "../evaluation/index.ts";
import { onnx, type Runtime, type Session } from "../graph/index.ts";
import {
  BATCH_INPUT,
  DECISION,
  decides,
  fullModel,
  Model,
  type ModelMetadata,
  type Precision,
  type Thresholds,
} from "../model/index.ts";
import type { Image } from "../pixels/index.ts";
import { batchModel } from "./batch-model.ts";
import { browserRuntime } from "./browser-runtime.ts";

export interface PathResult {
  readonly score: number;
  readonly map: Float32Array;
  /** Undefined where the model has no threshold. */
  readonly verdict: Verdict | undefined;
  /** Undefined where the model has no scores of good images. */
  readonly pValue: number | undefined;
}

/** The largest differences to the model's own graph that are accepted, in standard deviations of scores. */
export interface Tolerance {
  readonly score: number;
  readonly map: number;
}

/** A way to an image's score. */
export interface VerifiedPath {
  readonly name: string;
  readonly tolerance: Tolerance;
  /** Those that it must judge by; undefined where it may have others, or the model has none. */
  readonly thresholds: Thresholds | undefined;
  readonly open: () => Promise<OpenPath>;
}

export interface OpenPath {
  score(image: Image, signal?: AbortSignal): Promise<PathResult>;
  close(): Promise<void>;
}

/** The name of the way through the browser's runtime. */
export const BROWSER = "browser's runtime";

const VERDICTS = Object.keys(DECISION) as Verdict[];

/** Of the same runtime on the same machine. */
const SAME_RUNTIME: Tolerance = { score: 1e-3, map: 1e-3 };
/**
 * Of a runtime that was compiled otherwise, and so rounds otherwise. Maps of good images more than scores: where a patch is almost one of the bank,
 * its distance is the root of what rounding leaves of a difference.
 */
const OTHER_RUNTIME: Tolerance = { score: 1e-2, map: 1e-1 };
/**
 * Of an int8 model in another runtime: a last digit decides which of two integers a value becomes, and later layers make
 * more of it.
 */
const INTEGERS_IN_OTHER_RUNTIME: Tolerance = { score: 3, map: 4 };
/**
 * Of a form of less precision: about three times what was measured at least (docs/devices-and-precision.md), and far
 * below what a damaged form gives.
 */
const REDUCED: Readonly<Record<Precision, Tolerance>> = {
  fp16: { score: 0.1, map: 0.1 },
  int8: { score: 20, map: 25 },
};

/** Another form of the model, as a file. */
export interface OtherForm {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly metadata: ModelMetadata;
}

/** All ways that lead from a model's file to a score, beside its own graph in Node. */
export function pathsOf(
  bytes: Uint8Array,
  { threshold: thresholds, tiles, precision }: ModelMetadata,
  runtime: Runtime,
  others: readonly OtherForm[],
): VerifiedPath[] {
  const full = () => fullModel(bytes, "the model");
  const same = { tolerance: SAME_RUNTIME, thresholds };
  const canDecide = thresholds !== undefined && tiles === undefined;
  return [
    ...(canDecide
      ? [
          { name: "full graph", ...same, open: () => openFull(full(), runtime) },
          { name: "batch graph", ...same, open: () => openBatch(batchModel(full()), runtime) },
        ]
      : []),
    {
      name: BROWSER,
      tolerance: precision?.weights === "int8" ? INTEGERS_IN_OTHER_RUNTIME : OTHER_RUNTIME,
      thresholds,
      open: async () => openModel(bytes, await browserRuntime()),
    },
    ...others.map((form) => {
      const own = form.metadata.precision?.weights;
      const isSame = own === precision?.weights;
      return {
        name: form.name,
        tolerance: isSame ? SAME_RUNTIME : REDUCED[coarser(own, precision?.weights)],
        thresholds: isSame ? thresholds : form.metadata.threshold,
        open: () => openForm(form, runtime),
      };
    }),
  ];
}

/** Of two different precisions. */
function coarser(a: Precision | undefined, b: Precision | undefined): Precision {
  return a === "int8" || b === "int8" ? "int8" : "fp16";
}

/** A form that decides by itself is asked for its own decision. */
function openForm({ name, bytes }: OtherForm, runtime: Runtime): Promise<OpenPath> {
  return decides(onnx.ModelProto.decode(bytes)) ? openFull(bytes, runtime) : openModel(bytes, runtime, name);
}

/** The way that rsad itself goes. */
export async function openModel(bytes: Uint8Array, runtime: Runtime, subject?: string): Promise<OpenPath> {
  const model = await Model.load(bytes, runtime, subject);
  const score = async (image: Image, signal?: AbortSignal): Promise<PathResult> => {
    if (model.metadata.threshold !== undefined) {
      const { score, map, verdict, pValue } = await inspect(model, image, { signal });
      return { score, map: map.data, verdict, pValue };
    }
    const { score, map } = await model.score(image, signal);
    return { score, map: map.data, verdict: undefined, pValue: undefined };
  };
  return { score, close: () => model.close() };
}

async function openFull(bytes: Uint8Array, runtime: Runtime): Promise<OpenPath> {
  const session = await runtime.open(bytes);
  const score = ({ height, width, data }: Image) =>
    run(session, "image", [height, width, 3], data, 0, width * height);
  return { score, close: () => session.close() };
}

/** Runs each image twice in one batch and takes the second. */
async function openBatch(bytes: Uint8Array, runtime: Runtime): Promise<OpenPath> {
  const session = await runtime.open(bytes);
  const score = ({ height, width, data }: Image) => {
    const two = new Uint8Array(2 * data.length);
    two.set(data);
    two.set(data, data.length);
    return run(session, BATCH_INPUT, [2, height, width, 3], two, 1, width * height);
  };
  return { score, close: () => session.close() };
}

async function run(
  session: Session,
  input: string,
  dims: readonly number[],
  data: Uint8Array,
  place: number,
  pixels: number,
): Promise<PathResult> {
  const { anomaly_map, score, p_value, decision } = await session.run({
    [input]: { dtype: "uint8", dims, data },
  });
  return {
    score: Number(score!.data[place]),
    map: (anomaly_map!.data as Float32Array).subarray(place * pixels, (place + 1) * pixels),
    verdict: VERDICTS[Number(decision!.data[place])],
    pValue: Number(p_value!.data[place]),
  };
}
