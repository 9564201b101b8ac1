/** What stands for a figure that could not be measured. */
const NOT_MEASURED = "–";

/** A raw score or map value in five significant digits. */
export function rounded(value: number): string {
  return String(Number(value.toPrecision(5)));
}

/** A share in [0, 1] in percent, without the sign; only exactly 1 reads 100. */
export function percentage(share: number | undefined, decimals = 2): string {
  if (share === undefined) return NOT_MEASURED;
  return (share < 1 ? Math.min(100 * share, 100 - 10 ** -decimals) : 100).toFixed(decimals);
}

/** The same with two decimals and the sign. */
export function percent(share: number | undefined): string {
  return share === undefined ? NOT_MEASURED : `${percentage(share)} %`;
}

export function count(value: number | undefined): string {
  return value === undefined ? NOT_MEASURED : String(value);
}

/** A number with its noun, whose plural ends in s. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** 1,234,567 */
export function grouped(count: number): string {
  return count.toLocaleString("en");
}

/** "3", or "3 to 5" where they differ. */
export function range(counts: readonly number[], show: (count: number) => string = grouped): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)].map(show);
  return least === most ? least! : `${least} to ${most}`;
}

/** Seconds as people read them: `35.1 ms`, `8.3 s`, `41 s`, `12 min`, `3 h 20 min`. */
export function duration(seconds: number): string {
  if (seconds > 0 && seconds < 0.9995) return `${Number((1000 * seconds).toPrecision(3))} ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
