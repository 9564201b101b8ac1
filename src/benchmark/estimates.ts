/** Taken for granted of a cell until one of its kind has been measured. */
export const GUESSED_BYTES = 2 * 2 ** 30;

/** What cells of one kind, that is variant and backbone, have been seen to need. */
export class Estimates {
  readonly #bytes = new Map<string, number>();
  readonly #seconds = new Map<string, number[]>();

  add(kind: string, { bytes, seconds }: { bytes: number; seconds: number }): void {
    this.#bytes.set(kind, Math.max(bytes, this.#bytes.get(kind) ?? 0));
    this.#seconds.set(kind, [...(this.#seconds.get(kind) ?? []), seconds]);
  }

  /** The most that one took; {@link GUESSED_BYTES} where none is known. */
  readonly bytesOf = (kind: string): number => this.#bytes.get(kind) ?? GUESSED_BYTES;

  /**
   * How long the given cells will take, `jobs` at a time, going by the mean of each kind, and for a kind that is not known by the
   * mean of those that are; `roughly` says that there are such. undefined where none is known.
   */
  secondsLeft(kinds: readonly string[], jobs: number): { seconds: number; roughly: boolean } | undefined {
    if (kinds.length === 0) return { seconds: 0, roughly: false };
    if (this.#seconds.size === 0) return undefined;
    const means = new Map([...this.#seconds].map(([kind, seconds]) => [kind, mean(seconds)]));
    const usual = mean([...means.values()]);
    const total = kinds.reduce((sum, kind) => sum + (means.get(kind) ?? usual), 0);
    return {
      seconds: total / Math.min(jobs, kinds.length),
      roughly: kinds.some((kind) => !means.has(kind)),
    };
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
