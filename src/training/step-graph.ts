import type { FeaturePrecision, Level } from "../features/index.ts";
import {
  add,
  batchNorm as batchNormOf,
  cast,
  concat,
  encodeModel,
  float32,
  Graph,
  gatherRows,
  gradients,
  greater,
  mul,
  neg,
  reduceSum,
  type Tensor,
  type Value,
} from "../graph/index.ts";
import type { TrainedRecipe } from "../recipes/index.ts";
import {
  align,
  type ChannelMoments,
  constant,
  discriminate,
  focal,
  fuse,
  type Initializer,
  imageScores,
  patchFeatures,
  project,
  type StageContext,
  scaleFeatures,
  truncatedL1,
  zeros,
} from "../stages/index.ts";
import { adam } from "./adam.ts";

export interface StepGraphRequest {
  readonly levels: readonly Level[];
  readonly precision: FeaturePrecision;
  readonly recipe: TrainedRecipe;
  /** Absent when the recipe takes features as they are. */
  readonly scaling?: ChannelMoments | undefined;
}

/** A tensor that training carries from step to step. */
export interface Variable {
  readonly name: string;
  readonly dims: readonly number[];
  readonly initializer: Initializer;
}

export interface Dropout {
  readonly name: string;
  readonly dims: readonly number[];
  readonly rate: number;
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
}

const MOMENTUM = 0.1;

export function stepGraph({ levels, precision, recipe, scaling }: StepGraphRequest): StepGraph {
  const { batch, patches } = recipe;
  const graph = new Graph("rsad-training-step");
  const context = new TrainingContext(graph);

  const stored = levels.map(({ channels, height, width }, i) =>
    cast(graph.input(`level${i}`, precision, [batch, channels, height, width]), "float32"),
  );
  const scaled = scaling === undefined ? stored : scaleFeatures(stored, scaling);
  const aligned = align(context, patchFeatures(scaled), recipe.aligner);
  const available = aligned.height * aligned.width;
  const perImage = patches === "all" ? available : Math.min(patches, available);
  const drawsPatches = perImage < available;
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

  addUpdates(context, loss, recipe);
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
  };
}

/** Declares parameters and statistics as inputs, and remembers what they become. */
class TrainingContext implements StageContext {
  readonly graph: Graph;
  readonly variables: Variable[] = [];
  readonly dropouts: Dropout[] = [];
  readonly parameters = new Map<string, Value>();

  constructor(graph: Graph) {
    this.graph = graph;
  }

  parameter(name: string, dims: readonly number[], initializer: Initializer): Value {
    const value = this.variable(name, dims, initializer);
    this.parameters.set(name, value);
    return value;
  }

  batchNorm(name: string, x: Value): Value {
    const dims = [1, x.shape[1] as number];
    const weight = this.parameter(`${name}.weight`, dims, constant(1));
    const { y, mean, variance } = batchNormOf(x, weight, this.parameter(`${name}.bias`, dims, zeros));
    this.#track(`${name}.mean`, mean, zeros);
    this.#track(`${name}.variance`, variance, constant(1));
    return y;
  }

  dropout(name: string, x: Value, rate: number): Value {
    if (rate === 0) return x;
    const dims = x.shape as readonly number[];
    this.dropouts.push({ name, dims, rate });
    return mul(x, this.graph.input(name, "float32", dims));
  }

  variable(name: string, dims: readonly number[], initializer: Initializer): Value {
    this.variables.push({ name, dims, initializer });
    return this.graph.input(name, "float32", dims);
  }

  #track(name: string, batch: Value, initializer: Initializer): void {
    const running = this.variable(name, batch.shape as readonly number[], initializer);
    this.graph.output(`next/${name}`, add(mul(running, 1 - MOMENTUM), mul(batch, MOMENTUM)));
  }
}

/** The weighted sum of both terms (Eq. 9); a term of weight 0 is left out. */
function totalLoss(segmentation: Value, classification: Value, weights: TrainedRecipe["loss"]): Value {
  const weigh = (term: Value, weight: number) => (weight === 1 ? term : mul(term, weight));
  const { truncatedL1, focal } = weights;
  if (focal === 0) return weigh(segmentation, truncatedL1);
  if (truncatedL1 === 0) return weigh(classification, focal);
  return add(weigh(segmentation, truncatedL1), weigh(classification, focal));
}

function addUpdates(context: TrainingContext, loss: Value, recipe: TrainedRecipe): void {
  const { graph, parameters } = context;
  const scalar = (name: string) => graph.input(name, "float32", []);
  const correction = scalar("correction");
  const { weightDecay, alignerDecoupledDecay } = recipe.optimizer;
  const shrink = alignerDecoupledDecay === 0 ? undefined : scalar("shrink_aligner");
  const rates = {
    aligner: { rate: scalar("rate_aligner"), weightDecay: shrink === undefined ? weightDecay : 0, shrink },
    discriminator: { rate: scalar("rate_discriminator"), weightDecay },
  };
  const slopes = gradients(loss, [...parameters.values()]);
  for (const [i, [name, parameter]] of [...parameters].entries()) {
    const dims = parameter.shape as readonly number[];
    const rate = name.startsWith("aligner.") ? rates.aligner : rates.discriminator;
    const state = {
      parameter,
      first: context.variable(`first/${name}`, dims, zeros),
      second: context.variable(`second/${name}`, dims, zeros),
    };
    const next = adam(slopes[i]!, state, { ...rate, correction });
    graph.output(`next/${name}`, next.parameter);
    graph.output(`next/first/${name}`, next.first);
    graph.output(`next/second/${name}`, next.second);
  }
}

/** A scalar as the step graph's inputs want it. */
export function scalarTensor(value: number): Tensor {
  return float32([value], []);
}
