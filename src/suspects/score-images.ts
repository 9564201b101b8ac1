import type { FeatureSource, Head } from "../features/index.ts";
import { cast, encodeModel, Graph, type Runtime, reduceMax } from "../graph/index.ts";

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
  const graph = new Graph("suspects");
  const levels = store.levels.map(({ channels, height, width }, i) =>
    cast(graph.input(`level${i}`, store.precision, [1, channels, height, width]), "float32"),
  );
  graph.output("score", reduceMax(head(levels).patches, undefined, false));
  const session = await runtime.open(encodeModel(graph));
  const scores: number[] = [];
  try {
    for await (const levels of store.each(images)) {
      signal?.throwIfAborted();
      const { score } = await session.run(Object.fromEntries(levels.map((level, i) => [`level${i}`, level])));
      scores.push(Number(score!.data[0]));
      onScored?.(scores.length);
    }
  } finally {
    await session.close();
  }
  return scores;
}
