import { FeatureReader, type FeatureSource, gridsOf, type Head } from "../features/index.ts";
import { type Runtime, reduceMax } from "../graph/index.ts";

/** A detector, the images that it was not fitted on, and their scores in the same order. */
export interface FittedFold {
  readonly held: readonly number[];
  readonly head: Head;
  readonly scores: readonly number[];
}

export interface ScoreRequest {
  readonly store: FeatureSource;
  readonly images: readonly number[];
  readonly head: Head;
  readonly runtime: Runtime;
  readonly onScored?: ((done: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Each image's largest patch score, from kept features: what the inspection graph gives, without the network. */
export async function scoreImages(request: ScoreRequest): Promise<number[]> {
  const { store, images, head, runtime, onScored, signal } = request;
  const grids = gridsOf(store.levels);
  const reader = await FeatureReader.open(store, runtime, (levels) => ({
    score: reduceMax(head(levels, grids).patches, undefined, false),
  }));
  const scores: number[] = [];
  try {
    for await (const { score } of reader.each(images)) {
      signal?.throwIfAborted();
      scores.push(Number(score.data[0]));
      onScored?.(scores.length);
    }
  } finally {
    await reader.close();
  }
  return scores;
}
