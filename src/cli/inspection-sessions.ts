import { availableParallelism } from "node:os";
import type { RuntimeRequest } from "./device.ts";

/** As each of them holds the model's weights. */
const MOST = 4;

/**
 * How many images are scored at a time, and by how many threads each. Threads that share an image wait for each other after every
 * operator, those with an image of their own do not. `threads` are all there are; the number of cores if left out.
 */
export function inspectionSessions(
  images: number,
  { threads, device = "cpu" }: RuntimeRequest,
): { readonly threads: number | undefined; readonly sessions: number } {
  const cores = threads ?? availableParallelism();
  const sessions = device === "cpu" ? Math.min(MOST, cores, images) : 1;
  return sessions <= 1 ? { threads, sessions: 1 } : { threads: Math.floor(cores / sessions), sessions };
}
