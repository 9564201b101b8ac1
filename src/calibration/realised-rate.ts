const CONFIDENCE = 0.95;

/**
 * The central 95 % interval of Beta(a, b), for whole numbers a >= 1 and b >= 0: of the false-reject rate that a conformal threshold has once its
 * calibration images are drawn (Vovk 2012). b = 0 is a threshold below all scores: nothing is known of it but that it rejects.
 */
export function betaInterval(a: number, b: number): readonly [low: number, high: number] {
  if (b === 0) return [1, 1];
  return [betaQuantile(a, b, (1 - CONFIDENCE) / 2), betaQuantile(a, b, (1 + CONFIDENCE) / 2)];
}

/**
 * The central 95 % interval of the good images rejected among `tested` new ones: beta-binomial with the same a and b, each side as wide as it
 * must be for no more than 2.5 % to lie beyond it.
 */
export function betaBinomialInterval(
  tested: number,
  a: number,
  b: number,
): readonly [low: number, high: number] {
  if (b === 0) return [tested, tested];
  const logFactorial = logFactorials(tested + a + b);
  const logBeta = (x: number, y: number) =>
    logFactorial[x - 1]! + logFactorial[y - 1]! - logFactorial[x + y - 1]!;
  const probability = (rejected: number) =>
    Math.exp(
      logFactorial[tested]! -
        logFactorial[rejected]! -
        logFactorial[tested - rejected]! +
        logBeta(rejected + a, tested - rejected + b) -
        logBeta(a, b),
    );
  let low = 0;
  let below = probability(0);
  while (below <= (1 - CONFIDENCE) / 2 && low < tested) below += probability(++low);
  let high = tested;
  let above = probability(tested);
  while (above <= (1 - CONFIDENCE) / 2 && high > low) above += probability(--high);
  return [low, high];
}

function betaQuantile(a: number, b: number, share: number): number {
  const logFactorial = logFactorials(a + b);
  let low = 0;
  let high = 1;
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (betaBelow(middle, a, b, logFactorial) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(Beta(a, b) <= x) = P(Binomial(a + b - 1, x) >= a), for whole numbers. */
function betaBelow(x: number, a: number, b: number, logFactorial: Float64Array): number {
  const trials = a + b - 1;
  const term = (k: number) =>
    Math.exp(
      logFactorial[trials]! -
        logFactorial[k]! -
        logFactorial[trials - k]! +
        k * Math.log(x) +
        (trials - k) * Math.log1p(-x),
    );
  let sum = 0;
  // The side with fewer terms.
  if (a <= b) {
    for (let k = 0; k < a; k++) sum += term(k);
    return 1 - sum;
  }
  for (let k = a; k <= trials; k++) sum += term(k);
  return sum;
}

function logFactorials(most: number): Float64Array {
  const table = new Float64Array(most + 1);
  for (let n = 2; n <= most; n++) table[n] = table[n - 1]! + Math.log(n);
  return table;
}
