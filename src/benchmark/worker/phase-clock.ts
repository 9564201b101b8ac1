import type { OnProgress } from "../../progress.ts";

/** Times the phases of work that may have been interrupted: what this process did stands for the part that another one did. */
export class PhaseClock {
  readonly #phases = new Map<
    string,
    { start: number; first: number; end: number; last: number; total: number }
  >();

  #leftOut = 0;

  readonly onProgress: OnProgress = ({ phase, done, total }) => {
    const now = performance.now();
    const known = this.#phases.get(phase);
    if (known === undefined)
      this.#phases.set(phase, { start: now, first: done, end: now, last: done, total });
    else Object.assign(known, { start: known.start + this.#leftOut, end: now, last: done });
    this.#leftOut = 0;
  };

  /** Leaves time out that something else has just taken, within the phase of the next report. */
  leaveOut(milliseconds: number): void {
    this.#leftOut += milliseconds;
  }

  /** Seconds of a whole phase; undefined if this process did nothing of it. */
  seconds(phase: string): number | undefined {
    const { start = 0, first = 0, end = 0, last = 0, total = 0 } = this.#phases.get(phase) ?? {};
    return last > first ? ((end - start) / 1000) * (total / (last - first)) : undefined;
  }

  /**
   * Seconds of a phase together with those that came before it, but for `other`: what a method does before its first step, a
   * run that goes on does again. undefined if this process did nothing of the phase itself.
   */
  secondsWithPreparation(phase: string, other: string): number | undefined {
    const own = this.seconds(phase);
    if (own === undefined) return undefined;
    const names = [...this.#phases.keys()];
    const before = names.slice(0, names.indexOf(phase)).filter((name) => name !== other);
    return before.reduce((sum, name) => sum + (this.seconds(name) ?? 0), own);
  }
}
