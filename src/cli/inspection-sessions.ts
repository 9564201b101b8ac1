import { availableParallelism } from "node:os";
import { imagesAtOnce, readImageSize } from "../images/index.ts";
import type { RuntimeRequest } from "./device.ts";

/** As each of them holds the model's weights. */
const MOST = 4;
/** What a session's rate grows by with its threads: two sessions of a thread each do 1.04 to 1.17 times the work of one of two (docs/benchmarks.md). */
const GAIN = 0.84;

/**
 * How many images, or tiles of images, are scored at a time, and by how many threads each: the same number for all, so that a score does not
 * depend on who computed it. Threads that share an image wait for each other after every operator, those with an image of their own do not,
 * but a division may leave some idle: it is the one from which the highest rate is to be expected. `pieces` are there at a time at
 * most; `threads` are all there are, the number of cores if left out.
 */
export function inspectionSessions(
  pieces: number,
  { threads, device = "cpu" }: RuntimeRequest,
): { readonly threads: number | undefined; readonly sessions: number } {
  const cores = threads ?? availableParallelism();
  const most = device === "cpu" ? Math.min(MOST, cores, pieces) : 1;
  const rate = (sessions: number) => sessions * Math.floor(cores / sessions) ** GAIN;
  let sessions = 1;
  for (let more = 2; more <= most; more++) if (rate(more) > rate(sessions)) sessions = more;
  return sessions === 1 ? { threads, sessions } : { threads: Math.floor(cores / sessions), sessions };
}

/** How many of these images, or of their tiles if they are cut into such, are there to be scored at a time: few where images are large. */
export async function piecesAtOnce(paths: readonly string[], tile: number | undefined): Promise<number> {
  if (tile !== undefined) return Number.POSITIVE_INFINITY;
  if (paths.length <= 1) return paths.length;
  // An image that cannot be read is complained of when its turn comes.
  const size = await readImageSize(paths[0]!).catch(() => undefined);
  return size === undefined ? paths.length : Math.min(paths.length, imagesAtOnce(size.width * size.height));
}
