/** The normal variate of a two-sided 95 %. */
const Z = 1.959964;

/** Wilson's 95 % interval (1927) of a share of which `found` of `trials` are known. */
export function wilsonInterval(
  found: number,
  trials: number,
): { readonly low: number; readonly high: number } {
  const share = found / trials;
  const square = (Z * Z) / trials;
  const centre = share + square / 2;
  const reach = Z * Math.sqrt((share * (1 - share)) / trials + (square / trials) * 0.25);
  const clip = (value: number) => Math.min(1, Math.max(0, value / (1 + square)));
  // Rounding must not leave the ends short of the whole.
  return {
    low: found === 0 ? 0 : clip(centre - reach),
    high: found === trials ? 1 : clip(centre + reach),
  };
}
