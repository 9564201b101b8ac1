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
   * How long the given cells will take, `jobs` at a time, going by the mean of each kind. `partly`: some kinds are not known, so it
   * will be more. undefined where none is.
   */
  secondsLeft(kinds: readonly string[], jobs: number): { seconds: number; partly: boolean } | undefined {
    const known = kinds.filter((kind) => this.#seconds.has(kind));
    if (known.length === 0 && kinds.length > 0) return undefined;
    const total = known.reduce((sum, kind) => sum + mean(this.#seconds.get(kind)!), 0);
    return {
      seconds: total / Math.min(jobs, Math.max(1, kinds.length)),
      partly: known.length < kinds.length,
    };
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
