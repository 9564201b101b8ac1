/** How long one part of a run took. */
export interface Timing {
  readonly label: string;
  readonly seconds: number;
}

/** Times the parts of a run. */
export class Stopwatch {
  readonly timings: Timing[] = [];

  async time<T>(label: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    this.timings.push({ label, seconds: (performance.now() - start) / 1000 });
    return result;
  }
}
