import { inspect, type Verdict } from "../evaluation/index.ts";
import type { Runtime, Session } from "../graph/index.ts";
import { BATCH_INPUT, DECISION, fullModel, Model, type ModelMetadata } from "../model/index.ts";
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
  /** Undefined where any difference is accepted. */
  readonly tolerance: Tolerance | undefined;
  readonly open: () => Promise<OpenPath>;
}

export interface OpenPath {
  score(image: Image, signal?: AbortSignal): Promise<PathResult>;
  close(): Promise<void>;
}

const VERDICTS = Object.keys(DECISION) as Verdict[];

/** Of the same runtime on the same machine. */
const SAME_RUNTIME: Tolerance = { score: 1e-3, map: 1e-3 };
/**
 * Of a runtime that was compiled otherwise, and so rounds otherwise. Maps of good images more than scores: where a patch is almost one of the bank,
 * its distance is the root of what rounding leaves of a difference.
 */
const OTHER_RUNTIME: Tolerance = { score: 1e-2, map: 1e-1 };

/** All ways that lead from a model's file to a score, beside its own graph in Node; `others` are files of other forms of it. */
export function pathsOf(
  bytes: Uint8Array,
  { threshold, tiles }: ModelMetadata,
  runtime: Runtime,
  others: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): VerifiedPath[] {
  const decides = threshold !== undefined && tiles === undefined;
  const full = () => fullModel(bytes, "the model");
  return [
    ...(decides
      ? [
          { name: "full graph", tolerance: SAME_RUNTIME, open: () => openFull(full(), runtime) },
          {
            name: "batch graph",
            tolerance: SAME_RUNTIME,
            open: () => openBatch(batchModel(full()), runtime),
          },
        ]
      : []),
    {
      name: "browser's runtime",
      tolerance: OTHER_RUNTIME,
      open: async () => openModel(bytes, await browserRuntime()),
    },
    ...others.map(({ name, bytes }) => ({
      name,
      tolerance: undefined,
      open: () => openModel(bytes, runtime, name),
    })),
  ];
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
