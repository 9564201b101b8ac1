import {
  add,
  cast,
  concat,
  encodeModel,
  float32,
  Graph,
  greater,
  neg,
  reduceMean,
  slice,
  type Value,
} from "../graph/index.ts";
import type { HybridRecipe } from "../recipes/index.ts";
import { crossEntropy, discriminate, fuse, project, truncatedL1 } from "../stages/index.ts";
import { addUpdates, type StepModel, TrainingContext } from "../training/index.ts";

export interface HybridStep extends StepModel {
  /** Normal patches, and as many noised ones. */
  readonly rows: number;
  /** Patches of either kind from painted images; 0 without painting. */
  readonly painted: number;
}

/**
 * One training step as an ONNX model: stages 3 and 4, the losses, their gradients and Adam. It reads `normal` [rows, components]
 * and `noise` of the same shape, with painting `painted_defect` and `painted_normal` [painted, components], Adam's scalars `rate`
 * and `correction`, and every variable under its name. For what it gives see `runSteps`.
 *
 * The discriminator has one logit for either kind of pseudo-defect: noised patches are told from normal ones by the truncated L1 term
 * (Eq. 7), painted ones by cross-entropy, the focal term (Eq. 8) with its exponent at 0.
 */
export function hybridStep(recipe: HybridRecipe, components: number): HybridStep {
  const rows = recipe.patches;
  const painted = recipe.painting === "none" ? 0 : Math.floor(rows / 2);
  const graph = new Graph("rsad-hybrid-step");
  const context = new TrainingContext(graph);
  const input = (name: string, count: number) => graph.input(name, "float32", [count, components]);
  const options = discriminatorOptions(recipe);

  const toHidden = project(context, components, options);
  const normal = toHidden(input("normal", rows));
  const parts = [normal, fuse(normal, toHidden(input("noise", rows)))];
  if (painted > 0) {
    parts.push(toHidden(concat([input("painted_defect", painted), input("painted_normal", painted)], 0)));
  }
  const logits = discriminate(context, concat(parts, 0), options);

  const { margin } = recipe.loss;
  const ofNoise = slice(slice(logits, 0, 0, 2 * rows), 1, 0, 1);
  const segmentation = truncatedL1(
    ofNoise,
    weights(graph, [rows, 1 / rows], [rows, 0]),
    weights(graph, [rows, 0], [rows, 1 / rows]),
    margin,
  );
  const classification = painted === 0 ? graph.scalar(0) : paintedLoss(graph, logits, rows, painted);
  const loss = painted === 0 ? segmentation : add(segmentation, classification);

  const scalar = (name: string) => graph.input(name, "float32", []);
  const rates = {
    rate: scalar("rate"),
    correction: scalar("correction"),
    weightDecay: recipe.optimizer.weightDecay,
  };
  addUpdates(context, loss, () => rates);
  const share = (above: Value) => reduceMean(cast(greater(above, margin), "float32"), undefined, false);
  graph.output("loss", loss);
  graph.output("segmentation", segmentation);
  graph.output("classification", classification);
  graph.output("accepted", share(slice(ofNoise, 0, 0, rows)));
  graph.output("rejected", share(neg(slice(ofNoise, 0, rows, 2 * rows))));
  return { model: encodeModel(graph), variables: context.variables, rows, painted };
}

export function discriminatorOptions(recipe: HybridRecipe) {
  return { hidden: recipe.discriminator.hidden, outputs: recipe.painting === "none" ? 1 : 2 };
}

/** Over the second logit of the normal patches and of both kinds from painted images. */
function paintedLoss(graph: Graph, logits: Value, rows: number, painted: number): Value {
  const second = slice(logits, 1, 1, 2);
  const told = concat([slice(second, 0, 0, rows), slice(second, 0, 2 * rows, 2 * rows + 2 * painted)], 0);
  const normal = 1 / (rows + painted);
  return crossEntropy(
    neg(told),
    weights(graph, [rows, normal], [painted, 0], [painted, normal]),
    weights(graph, [rows, 0], [painted, 1 / painted], [painted, 0]),
  );
}

/** A column of weights, given by runs of equal ones. */
function weights(graph: Graph, ...runs: readonly (readonly [count: number, weight: number])[]): Value {
  const values = runs.flatMap(([count, weight]) => Array.from({ length: count }, () => weight));
  return graph.constant(float32(Float32Array.from(values), [values.length, 1]));
}
