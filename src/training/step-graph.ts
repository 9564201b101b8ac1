import { type FeaturePrecision, gridsOf, type Inside, type Level } from "../features/index.ts";
import {
  add,
  cast,
  concat,
  encodeModel,
  Graph,
  gatherRows,
  greater,
  mul,
  neg,
  reduceSum,
  type Value,
} from "../graph/index.ts";
import type { TrainedRecipe } from "../recipes/index.ts";
import {
  align,
  type ChannelMoments,
  discriminate,
  focal,
  fuse,
  imageScores,
  patchFeatures,
  project,
  scaleFeatures,
  truncatedL1,
} from "../stages/index.ts";
import type { AdamRates } from "./adam.ts";
import { type Dropout, TrainingContext, type Variable } from "./training-context.ts";
import { addUpdates } from "./updates.ts";

export interface StepGraphRequest {
  readonly levels: readonly Level[];
  readonly precision: FeaturePrecision;
  readonly recipe: TrainedRecipe;
  /** Absent when the recipe takes features as they are. */
  readonly scaling?: ChannelMoments | undefined;
  /** The patches to learn from; all if left out. */
  readonly inside?: Inside;
}

/**
 * One training step as an ONNX model: stages 2 to 4, the loss, its gradients and Adam. It reads
 *
 * - `level0`, `level1`, ... [batch, C, h, w], the stored features;
 * - `noise` [rows, channels], and `normal`, `defect` [2 rows, 1], the weights of the clean rows and then of the noised ones;
 * - `image_normal`, `image_defect` [2 batch, 1], the same for images;
 * - `patches` int64 [rows], if not all of them are looked at: the rows of the batch's patch matrix to look at, image by image;
 * - `rate_aligner`, `rate_discriminator`, `correction`, Adam's scalars, and `shrink_aligner` with a decoupled decay;
 * - every dropout's mask, and every variable under its name.
 *
 * It gives every variable under `next/NAME`, and the scalars `loss`, `segmentation`, `classification`, `accepted` and
 * `rejected` (the weighted shares of normal rows above the margin and of defect rows below it).
 */
export interface StepGraph {
  readonly model: Uint8Array;
  readonly variables: readonly Variable[];
  readonly dropouts: readonly Dropout[];
  /** Rows of patch features that a step looks at. */
  readonly rows: number;
  /** Whether these are only some of the batch's, so that `patches` is an input. */
  readonly drawsPatches: boolean;
  readonly channels: number;
  /** Height and width of the patch grid. */
  readonly grid: readonly [number, number];
  readonly inside: Inside;
}

export function stepGraph({ levels, precision, recipe, scaling, inside }: StepGraphRequest): StepGraph {
  const { batch, patches } = recipe;
  const graph = new Graph("rsad-training-step");
  const context = new TrainingContext(graph);

  const stored = levels.map(({ channels, height, width }, i) =>
    cast(graph.input(`level${i}`, precision, [batch, channels, height, width]), "float32"),
  );
  const scaled = scaling === undefined ? stored : scaleFeatures(stored, scaling);
  const aligned = align(context, patchFeatures(scaled, gridsOf(levels)), recipe.aligner);
  const all = aligned.height * aligned.width;
  const available = inside?.length ?? all;
  const perImage = patches === "all" ? available : Math.min(patches, available);
  const drawsPatches = perImage < all;
  const rows = batch * perImage;
  const features = drawsPatches
    ? gatherRows(aligned.rows, graph.input("patches", "int64", [rows]), { distinct: true })
    : aligned.rows;

  const channels = features.shape[1] as number;
  const toHidden = project(context, channels, recipe.discriminator);
  const normal = toHidden(features);
  const noised = fuse(normal, toHidden(graph.input("noise", "float32", [rows, channels])));
  const logits = discriminate(context, concat([normal, noised], 0), recipe.discriminator);

  const weights = (name: string, count: number) => graph.input(name, "float32", [count, 1]);
  const [asNormal, asDefect] = [weights("normal", 2 * rows), weights("defect", 2 * rows)];
  const { margin, gamma } = recipe.loss;
  const segmentation = truncatedL1(logits, asNormal, asDefect, margin);
  const classification = focal(
    imageScores(logits, 2 * batch),
    weights("image_normal", 2 * batch),
    weights("image_defect", 2 * batch),
    gamma,
  );
  const loss = totalLoss(segmentation, classification, recipe.loss);

  addUpdates(context, loss, rates(graph, recipe));
  const share = (of: Value, above: Value) =>
    reduceSum(mul(cast(greater(above, margin), "float32"), of), undefined, false);
  graph.output("loss", loss);
  graph.output("segmentation", segmentation);
  graph.output("classification", classification);
  graph.output("accepted", share(asNormal, logits));
  graph.output("rejected", share(asDefect, neg(logits)));
  return {
    model: encodeModel(graph),
    variables: context.variables,
    dropouts: context.dropouts,
    rows,
    drawsPatches,
    channels,
    grid: [aligned.height, aligned.width],
    inside,
  };
}

/** The weighted sum of both terms (Eq. 9); a term of weight 0 is left out. */
function totalLoss(segmentation: Value, classification: Value, weights: TrainedRecipe["loss"]): Value {
  const weigh = (term: Value, weight: number) => (weight === 1 ? term : mul(term, weight));
  const { truncatedL1, focal } = weights;
  if (focal === 0) return weigh(segmentation, truncatedL1);
  if (truncatedL1 === 0) return weigh(classification, focal);
  return add(weigh(segmentation, truncatedL1), weigh(classification, focal));
}

/** Both stages' rates, as inputs of the step. */
function rates(graph: Graph, { optimizer }: TrainedRecipe): (name: string) => AdamRates {
  const scalar = (name: string) => graph.input(name, "float32", []);
  const correction = scalar("correction");
  const { weightDecay, alignerDecoupledDecay } = optimizer;
  const shrink = alignerDecoupledDecay === 0 ? undefined : scalar("shrink_aligner");
  const decay = shrink === undefined ? weightDecay : 0;
  const aligner = { rate: scalar("rate_aligner"), weightDecay: decay, shrink, correction };
  const discriminator = { rate: scalar("rate_discriminator"), weightDecay, correction };
  return (name) => (name.startsWith("aligner.") ? aligner : discriminator);
}
