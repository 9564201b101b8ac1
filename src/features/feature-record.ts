import type { Backbone } from "../backbones/index.ts";
import type { ReadSample, Sample } from "../datasets/index.ts";
import {
  cast,
  div,
  encodeModel,
  type Graph,
  mul,
  type Runtime,
  reduceMean,
  reduceSum,
  reshape,
  type Session,
  square,
  sub,
  type Tensor,
  type Tensors,
  type Value,
} from "../graph/index.ts";
import type { TellSize } from "../images/index.ts";
import type { Grid } from "../pixels/index.ts";
import type { Recipe } from "../recipes/index.ts";
import { cellMeans } from "../stages/index.ts";
import { featureGraph } from "./feature-graph.ts";
import type { TrainingRegion } from "./inside-patches.ts";
import type { Level } from "./level.ts";

/** How features are kept; `float16` halves the store and the reading at a relative error of 5e-4. */
export type FeaturePrecision = "float32" | "float16";

/** The model that computes what is kept of one image; see {@link encodeRecord}. */
export function recordModel(
  backbone: Backbone,
  recipe: Recipe,
  precision: FeaturePrecision,
  region?: TrainingRegion,
): { readonly model: Uint8Array; readonly levels: readonly Level[] } {
  const { graph, image, levels, grids } = featureGraph(backbone, recipe);
  const seen = region && image.region(region.mask).seen;
  for (const [i, level] of levels.entries())
    addOutputs(graph, i, level, precision, meanOver(grids[i]!, seen));
  return {
    model: encodeModel(graph),
    levels: levels.map(({ shape }, i) => {
      const [, channels, height, width] = shape as [number, number, number, number];
      return { channels, height, width, grid: grids[i]! };
    }),
  };
}

/** How to take the mean over a level's patches, where each counts by how much of it is in the region. */
function meanOver(grid: Grid, seen: Value | undefined): (x: Value) => Value {
  if (seen === undefined) return (x) => reduceMean(x, [2, 3]);
  const shares = cellMeans(seen, grid);
  const weights = div(shares, reduceSum(shares));
  return (x) => reduceSum(mul(x, weights), [2, 3]);
}

/** Names a level and its moments over the patches as outputs. */
function addOutputs(
  graph: Graph,
  index: number,
  level: Value,
  precision: FeaturePrecision,
  meanOf: (x: Value) => Value,
): void {
  const channels = [level.shape[1] as number];
  const mean = meanOf(level);
  const variance = meanOf(square(sub(level, mean)));
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
  sample: Sample,
  read: ReadSample,
  tellSize: TellSize,
): Promise<Tensors> {
  const { width, height, data } = await read(sample, tellSize);
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
