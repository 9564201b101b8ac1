import type { Runtime } from "../graph/index.ts";
import { NearestCentre } from "./nearest-centre.ts";
import { squaredDistance } from "./squared-distance.ts";

export interface CoresetRequest {
  /** One vector after the other, `dimensions` numbers each. */
  readonly points: Float32Array;
  readonly dimensions: number;
  /** Vectors wanted, from 1 to as many as there are. */
  readonly count: number;
  /** The vector that is chosen first. */
  readonly start: number;
  readonly runtime: Runtime;
  readonly onChosen?: ((count: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Points that are looked at one by one between two updates of all. */
const CANDIDATES = 8192;
/** Centres after which all points are updated at the latest, so that the table of distances stays small. */
const ROUND = 1024;

/**
 * Greedy k-centre selection (Roth et al., CVPR 2022, Algorithm 1; Gonzalez, 1985): time and again the vector that is furthest
 * from all chosen ones. Returns indices in the order of choice; fewer than asked for where all others equal a chosen one.
 *
 * An update of all points for every choice would be bound by memory. A point's distance to the nearest centre only ever
 * falls, though: as long as the furthest of a few thousand candidates is further than all others were at the last update, it
 * is the furthest of all, and only the candidates need to be looked at. All points meet the new centres together, in a
 * matrix product.
 */
export async function greedyCoreset(request: CoresetRequest): Promise<number[]> {
  const { points, dimensions, count, start, runtime, onChosen, signal } = request;
  const squared = new Float32Array(points.length / dimensions).fill(Number.POSITIVE_INFINITY);
  const chosen = [start];
  const nearest = await NearestCentre.open(runtime, dimensions);
  try {
    for (let added = [start]; chosen.length < count && added.length > 0; ) {
      signal?.throwIfAborted();
      await nearest.update(points, squared, added);
      added = chooseAmong(furthest(squared), request, squared, Math.min(ROUND, count - chosen.length));
      chosen.push(...added);
      onChosen?.(chosen.length);
    }
    return chosen;
  } finally {
    await nearest.close();
  }
}

interface Candidates {
  readonly indices: Uint32Array;
  /** No other point's squared distance is above it. */
  readonly bound: number;
}

/** The points with the largest distances; where others are as far as the last of them, the first ones. */
function furthest(squared: Float32Array): Candidates {
  const size = Math.min(CANDIDATES, squared.length);
  const bound = squared.length === size ? 0 : squared.slice().sort()[squared.length - size - 1]!;
  const indices = new Uint32Array(size);
  let filled = 0;
  for (let i = 0; i < squared.length; i++) if (squared[i]! > bound) indices[filled++] = i;
  for (let i = 0; filled < size; i++) if (squared[i] === bound) indices[filled++] = i;
  return { indices, bound };
}

/** Chooses greedily, at most `limit` points, while the furthest candidate is sure to be the furthest point of all. */
function chooseAmong(
  { indices, bound }: Candidates,
  { points, dimensions }: CoresetRequest,
  squared: Float32Array,
  limit: number,
): number[] {
  const own = new Float32Array(indices.length * dimensions);
  const distances = new Float32Array(indices.length);
  let best = 0;
  for (const [i, index] of indices.entries()) {
    own.set(points.subarray(index * dimensions, (index + 1) * dimensions), i * dimensions);
    distances[i] = squared[index]!;
    if (distances[i]! > distances[best]!) best = i;
  }
  const chosen: number[] = [];
  while (chosen.length < limit && distances[best]! > 0 && distances[best]! >= bound) {
    chosen.push(indices[best]!);
    best = add(best, own, distances, dimensions);
  }
  return chosen;
}

/** Makes a candidate a centre and returns the candidate that is furthest then. */
function add(centre: number, own: Float32Array, distances: Float32Array, dimensions: number): number {
  let best = centre;
  distances[centre] = 0;
  for (let i = 0; i < distances.length; i++) {
    const distance = squaredDistance(
      own,
      i * dimensions,
      own,
      centre * dimensions,
      dimensions,
      distances[i]!,
    );
    if (distance < distances[i]!) distances[i] = distance;
    if (distances[i]! > distances[best]!) best = i;
  }
  return best;
}
