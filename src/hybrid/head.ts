import type { Head } from "../features/index.ts";
import {
  add,
  div,
  float32,
  matmul,
  neg,
  reshape,
  slice,
  sub,
  type Tensors,
  type Value,
} from "../graph/index.ts";
import type { HybridRecipe } from "../recipes/index.ts";
import {
  discriminate,
  distanceToBank,
  followedBy,
  PROJECTION,
  type Whitening,
  whiten,
} from "../stages/index.ts";
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

/** A matrix [components, width], row-major. */
interface FirstLayer {
  readonly weight: Float32Array;
  readonly width: number;
}

/**
 * The parts of the score of whitened patches [R, components], [R, 1] each, higher is worse: how much a patch looks like a noised one, how
 * much like a painted one, and how far from all that the bank remembers.
 */
export function scoreParts(rows: Value, parts: Parts): Value[] {
  const { weight, width } = firstLayer(parts);
  const layer = rows.graph.constant(float32(weight, [weight.length / width, width]));
  return partsBehind(matmul(rows, layer), parts);
}

/**
 * Stages 2 and 4 and the bank: a patch's score is the sum of its parts, each in units of good patches' scores. Whitening and the first
 * layer, with nothing but sums between them, are one map.
 */
export function hybridHead(parts: Parts, whitening: Whitening, balances: readonly Balance[]): Head {
  const first = followedBy(whitening, firstLayer(parts).weight);
  return (levels, grids) => {
    const { rows, height, width } = whiten(levels, grids, first);
    const balanced = partsBehind(rows, parts).map((part, i) =>
      div(sub(part, balances[i]!.median), balances[i]!.reach),
    );
    const sum = balanced.reduce((total, part) => add(total, part));
    return { patches: reshape(sum, [1, 1, height, width]) };
  };
}

/** What all parts begin with: the discriminator's first layer, and the bank's components as they were before whitening. */
function firstLayer({ recipe, weights, bank, scales }: Parts): FirstLayer {
  const hidden = recipe.discriminator.hidden[0]!;
  const projection = weights[PROJECTION]!.data as Float32Array;
  const components = projection.length / hidden;
  const width = hidden + (bank?.width ?? 0);
  const weight = new Float32Array(components * width);
  for (let component = 0; component < components; component++) {
    const row = projection.subarray(component * hidden, (component + 1) * hidden);
    weight.set(row, component * width);
  }
  for (let component = 0; component < width - hidden; component++) {
    weight[component * width + hidden + component] = 1 / scales[component]!;
  }
  return { weight, width };
}

/** The parts of the score from what {@link firstLayer} gives, [R, width]. */
function partsBehind(first: Value, { recipe, weights, bank }: Parts): Value[] {
  const options = discriminatorOptions(recipe);
  const hidden = options.hidden[0]!;
  const context = new InspectionContext(first.graph, weights);
  const scores = neg(discriminate(context, slice(first, 1, 0, hidden), options));
  const logits = Array.from({ length: options.outputs }, (_, i) => slice(scores, 1, i, i + 1));
  if (bank === undefined) return logits;
  const remembered = slice(first, 1, hidden, hidden + bank.width);
  return [...logits, distanceToBank(remembered, bank.data, bank.width)];
}
