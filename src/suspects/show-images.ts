import type { Backbone } from "../backbones/index.ts";
import { decodeSample, type Sample } from "../datasets/index.ts";
import { inspectionGraph } from "../detectors/index.ts";
import type { Runtime } from "../graph/index.ts";
import { type AnomalyMap, type Image, overlap } from "../images/index.ts";
import { encodeModelFile, GraphScorer } from "../model/index.ts";
import type { OnProgress } from "../progress.ts";
import type { HybridRecipe } from "../recipes/index.ts";
import type { FittedFold } from "./score-images.ts";

export interface ShowRequest {
  readonly folds: readonly FittedFold[];
  readonly samples: readonly Sample[];
  readonly wanted: (sample: Sample) => boolean;
  readonly backbone: Backbone;
  readonly recipe: HybridRecipe;
  readonly onImage: (sample: Sample, image: Image, map: AnomalyMap) => void | Promise<void>;
  readonly runtime: Runtime;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Maps of the wanted images, each by the detector that was not fitted on it. */
export async function showImages(request: ShowRequest): Promise<void> {
  const { folds, samples, wanted, backbone, recipe, onImage, runtime, onProgress, signal } = request;
  const ofFold = folds.map(({ held }) => held.map((image) => samples[image]!).filter(wanted));
  const total = ofFold.reduce((sum, images) => sum + images.length, 0);
  let done = 0;
  onProgress?.({ phase: "pictures", done, total });
  for (const [at, { head }] of folds.entries()) {
    if (ofFold[at]!.length === 0) continue;
    const model = encodeModelFile(inspectionGraph({ backbone, recipe, head }));
    const scorer = await GraphScorer.open(model, runtime, "a fold's detector");
    try {
      for await (const { sample, image } of overlap(ofFold[at]!, decodeSample)) {
        const { map } = await scorer.score(image, signal);
        await onImage(sample, image, map);
        onProgress?.({ phase: "pictures", done: ++done, total });
      }
    } finally {
      await scorer.close();
    }
  }
}
