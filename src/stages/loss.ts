import {
  add,
  maximum,
  mul,
  neg,
  reduceMax,
  reduceSum,
  reshape,
  sigmoid,
  softplus,
  sub,
  type Value,
} from "../graph/index.ts";

/**
 * Truncated l1 loss on logits (Eq. 7): patches called normal are pushed above `margin`, pseudo-defects below -`margin`,
 * and those already there are left alone. `normal` and `defect` [R, 1] weight the rows for either term; each sums to 1
 * where the term is a mean. Returns a scalar.
 */
export function truncatedL1(logits: Value, normal: Value, defect: Value, margin: number): Value {
  const below = mul(maximum(sub(margin, logits), 0), normal);
  const above = mul(maximum(add(logits, margin), 0), defect);
  return reduceSum(add(below, above), undefined, false);
}

/**
 * Focal loss (Lin et al. 2017) of anomaly scores s = -logit, as a weighted sum over the elements: with p = sigmoid(s),
 * a normal element costs -p^gamma log(1 - p), a defect -(1 - p)^gamma log p. Both are written with softplus, so that no
 * logarithm overflows. `gamma` is a whole number. Returns a scalar.
 */
export function focal(scores: Value, normal: Value, defect: Value, gamma: number): Value {
  const back = neg(scores);
  const asNormal = mul(power(sigmoid(scores), gamma), softplus(scores));
  const asDefect = mul(power(sigmoid(back), gamma), softplus(back));
  return reduceSum(add(mul(asNormal, normal), mul(asDefect, defect)), undefined, false);
}

/**
 * Cross-entropy of anomaly scores s = -logit, as a weighted sum over the elements: the focal loss without its factor, for where
 * both kinds are many. Returns a scalar.
 */
export function crossEntropy(scores: Value, normal: Value, defect: Value): Value {
  const terms = add(mul(softplus(scores), normal), mul(softplus(neg(scores)), defect));
  return reduceSum(terms, undefined, false);
}

/** Image scores [images, 1]: the maximum anomaly score over each image's patches. `logits` is [images * patches, 1]. */
export function imageScores(logits: Value, images: number): Value {
  return reduceMax(reshape(neg(logits), [images, (logits.shape[0] as number) / images]), [1]);
}

function power(x: Value, exponent: number): Value {
  let result = x;
  for (let i = 1; i < exponent; i++) result = mul(result, x);
  return result;
}
