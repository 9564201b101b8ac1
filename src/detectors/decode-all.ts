import { decodeSample, type Sample } from "../datasets/index.ts";
import { type Image, overlap } from "../images/index.ts";
import type { OnProgress } from "../progress.ts";

export interface Watch {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An image that errors can call by its name. */
export interface NamedImage extends Image {
  readonly name: string;
}

/** Decodes images one after the other, a few at a time, and tells of the progress as `phase`. */
export async function* decodeAll(
  samples: readonly Sample[],
  phase: string,
  { onProgress, signal }: Watch,
): AsyncGenerator<NamedImage> {
  const progress = (done: number) => onProgress?.({ phase, done, total: samples.length });
  let done = 0;
  progress(done);
  for await (const { sample, image } of overlap(samples, decodeSample)) {
    signal?.throwIfAborted();
    yield { ...image, name: sample.name };
    progress(++done);
  }
}
