/**
 * Split-conformal prediction (Vovk, Gammerman, Shafer 2005; Angelopoulos and Bates 2021) with the anomaly score as nonconformity: as long as a
 * new good image and the calibration images are exchangeable, P(p-value <= rate) <= rate, whatever the scores' distribution.
 */

/**
 * The threshold just above the score of rank k = ceil((n + 1)(1 - rate)) of n ascending scores, or above the highest where n is too small
 * for the rate. A new good image reaches it with probability (n + 1 - k) / (n + 1) at most. Scores are float32, as models give them.
 */
export function conformalThreshold(
  ascending: readonly number[],
  rate: number,
): { threshold: number; rank: number } {
  const count = ascending.length;
  // Rates such as 0.1 have no exact binary form; (9 + 1)(1 - 0.1) must not become 9.000000000000002.
  const wanted = Math.ceil((count + 1) * (1 - rate) - 1e-9);
  const rank = Math.min(Math.max(wanted, 1), count);
  return { threshold: nextAbove(ascending[rank - 1]!), rank };
}

/** (1 + the calibration scores of at least `score`) / (n + 1): the share of good images that look as bad or worse. Of ascending scores. */
export function pValue(ascending: readonly number[], score: number): number {
  return (1 + countAtLeast(ascending, score)) / (ascending.length + 1);
}

export function countAtLeast(ascending: readonly number[], score: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < score) low = middle + 1;
    else high = middle;
  }
  return ascending.length - low;
}

/** The smallest float32 above `value`: an image that scores as the calibration image did is good. */
function nextAbove(value: number): number {
  const float = new Float32Array([value]);
  const bits = new Int32Array(float.buffer);
  if (value === 0) bits[0] = 1;
  else bits[0]! += value > 0 ? 1 : -1;
  return float[0]!;
}
