import type { Backbone } from "../backbones/index.ts";
import type { Sample } from "../datasets/index.ts";
import {
  cast,
  encodeModel,
  type Graph,
  type Runtime,
  reduceMean,
  reshape,
  type Session,
  square,
  sub,
  type Tensor,
  type Tensors,
  type Value,
} from "../graph/index.ts";
import { decodeImage, type TellSize } from "../images/index.ts";
import type { Recipe } from "../recipes/index.ts";
import { featureGraph } from "./feature-graph.ts";

/** How features are kept; `float16` halves the store and the reading at a relative error of 5e-4. */
export type FeaturePrecision = "float32" | "float16";

/** Dimensions of one level of one image. */
export interface Level {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** The model that computes what is kept of one image; see {@link encodeRecord}. */
export function recordModel(
  backbone: Backbone,
  recipe: Recipe,
  precision: FeaturePrecision,
): { readonly model: Uint8Array; readonly levels: readonly Level[] } {
  const { graph, levels } = featureGraph(backbone, recipe);
  for (const [i, level] of levels.entries()) addOutputs(graph, i, level, precision);
  return {
    model: encodeModel(graph),
    levels: levels.map(({ shape }) => {
      const [, channels, height, width] = shape as [number, number, number, number];
      return { channels, height, width };
    }),
  };
}

/** Names a level and its moments over the patches as outputs. */
function addOutputs(graph: Graph, index: number, level: Value, precision: FeaturePrecision): void {
  const channels = [level.shape[1] as number];
  const mean = reduceMean(level, [2, 3]);
  const variance = reduceMean(square(sub(level, mean)), [2, 3]);
  graph.output(`level${index}`, cast(level, precision));
  graph.output(`mean${index}`, reshape(mean, channels));
  graph.output(`variance${index}`, reshape(variance, channels));
}

/** Runs the record model in a thread of its own, so that the next image is decoded meanwhile. */
export function openRecordSession(runtime: Runtime, model: Uint8Array): Promise<Session> {
  return runtime.open(model, { background: true });
}

/** An image's `level0`, `mean0`, `variance0` and so on. Throws RSAD_IMAGE_INVALID. */
export async function computeRecord(
  session: Session,
  { path }: Sample,
  tellSize: TellSize,
): Promise<Tensors> {
  const { width, height, data } = await decodeImage(path);
  tellSize(width * height);
  return session.run({ image: { dtype: "uint8", dims: [height, width, 3], data } });
}

/** Each level [C, h, w], then every mean, then every variance. */
export function encodeRecord(results: Tensors, levels: number): Uint8Array {
  return joined(results, ["level", "mean", "variance"], levels);
}

/** Every mean, then every variance. */
export function momentsOf(results: Tensors, levels: number): Float32Array {
  return new Float32Array(new Uint8Array(joined(results, ["mean", "variance"], levels)).buffer);
}

function bytesOf({ data }: Tensor): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function joined(results: Tensors, names: readonly string[], levels: number): Uint8Array {
  const indices = Array.from({ length: levels }, (_, i) => i);
  return Buffer.concat(names.flatMap((name) => indices.map((i) => bytesOf(results[`${name}${i}`]!))));
}
