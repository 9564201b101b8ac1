import { availableParallelism, totalmem } from "node:os";

/** Threads of a cell where none are named: the same on every machine, because their number changes rounding and so results. */
export const DEFAULT_THREADS = 2;

/** Cells at a time where their number is not given: as many as the cores have room for. */
export function defaultJobs(threads: number): number {
  return Math.max(1, Math.floor(availableParallelism() / threads));
}

/** Three quarters of the memory that this machine, or the container's limit, has. */
export function defaultMemory(): number {
  const limit = process.constrainedMemory();
  const there = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return Math.floor(there * 0.75);
}
