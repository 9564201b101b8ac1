import type { Head } from "../features/index.ts";
import {
  add,
  div,
  float32,
  mul,
  neg,
  reshape,
  slice,
  sub,
  type Tensors,
  type Value,
} from "../graph/index.ts";
import type { HybridRecipe } from "../recipes/index.ts";
import { discriminate, distanceToBank, project, type Whitening, whiten } from "../stages/index.ts";
import { InspectionContext } from "../training/index.ts";
import type { Rows } from "./rows.ts";
import { discriminatorOptions } from "./step-graph.ts";

/** What was learned but for the balance of the score's parts. */
export interface Parts {
  readonly recipe: HybridRecipe;
  readonly weights: Tensors;
  /** Its vectors are principal components with their own deviations, that is, before whitening. */
  readonly bank: Rows | undefined;
  /** What each component was multiplied by; see `componentScales`. */
  readonly scales: Float32Array;
}

/** Where a part's scores of good patches lie: their median, and how far above it the 99 % quantile is. */
export interface Balance {
  readonly median: number;
  readonly reach: number;
}

/**
 * The parts of the score of whitened patches [R, components], [R, 1] each, higher is worse: how much a patch looks like a noised one, how
 * much like a painted one, and how far from all that the bank remembers.
 */
export function scoreParts(rows: Value, { recipe, weights, bank, scales }: Parts): Value[] {
  const options = discriminatorOptions(recipe);
  const context = new InspectionContext(rows.graph, weights);
  const projected = project(context, rows.shape[1] as number, options)(rows);
  const scores = neg(discriminate(context, projected, options));
  const logits = Array.from({ length: options.outputs }, (_, i) => slice(scores, 1, i, i + 1));
  if (bank === undefined) return logits;
  const own = float32(
    scales.slice(0, bank.width).map((scale) => 1 / scale),
    [1, bank.width],
  );
  const remembered = mul(slice(rows, 1, 0, bank.width), rows.graph.constant(own));
  return [...logits, distanceToBank(remembered, bank.data, bank.width)];
}

/** Stages 2 and 4 and the bank: a patch's score is the sum of its parts, each in units of good patches' scores. */
export function hybridHead(parts: Parts, whitening: Whitening, balances: readonly Balance[]): Head {
  return (levels) => {
    const { rows, height, width } = whiten(levels, whitening);
    const balanced = scoreParts(rows, parts).map((part, i) =>
      div(sub(part, balances[i]!.median), balances[i]!.reach),
    );
    const sum = balanced.reduce((total, part) => add(total, part));
    return { patches: reshape(sum, [1, 1, height, width]) };
  };
}
