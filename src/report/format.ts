const NOT_MEASURED = "–";

/** A share in [0, 1] as a percentage with two decimals; only exactly 1 reads 100 %. */
export function percent(share: number | undefined): string {
  if (share === undefined) return NOT_MEASURED;
  const value = share < 1 ? Math.min(100 * share, 99.99) : 100;
  return `${value.toFixed(2)} %`;
}

/** A raw score with four significant digits. */
export function score(value: number): string {
  return String(Number(value.toPrecision(4))).replace("-", "−");
}

export function count(value: number | undefined): string {
  return value === undefined ? NOT_MEASURED : String(value);
}

/** A number with its noun, whose plural ends in s. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

export function duration(seconds: number): string {
  if (seconds < 1) return `${Number((seconds * 1000).toPrecision(3))} ms`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
