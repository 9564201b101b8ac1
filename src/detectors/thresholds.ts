import type { Sample } from "../datasets/index.ts";
import type { Runtime } from "../graph/index.ts";
import { decodeImage, type Image, overlap, type TellSize } from "../images/index.ts";
import { calibrate, GraphScorer, type Thresholds } from "../model/index.ts";
import type { OnProgress } from "../progress.ts";

export interface ThresholdsRequest {
  /** The trained model's bytes. */
  readonly model: Uint8Array;
  /** Good images that were held out of training. */
  readonly held: readonly Sample[];
  readonly runtime: Runtime;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Sets the thresholds on the images held out, of which a few are in memory at a time; undefined without any. */
export async function findThresholds(request: ThresholdsRequest): Promise<Thresholds | undefined> {
  const { model, held, runtime } = request;
  if (held.length === 0) return undefined;
  const scorer = await GraphScorer.open(model, runtime, "the trained model", { background: true });
  try {
    return await calibrate(scorer, heldImages(request));
  } finally {
    await scorer.close();
  }
}

async function* heldImages({ held, onProgress, signal }: ThresholdsRequest): AsyncGenerator<Image> {
  const progress = (done: number) => onProgress?.({ phase: "thresholds", done, total: held.length });
  let done = 0;
  progress(done);
  for await (const image of overlap(held, decode)) {
    signal?.throwIfAborted();
    yield image;
    progress(++done);
  }
}

async function decode({ path }: Sample, _index: number, tellSize: TellSize): Promise<Image> {
  const image = await decodeImage(path);
  tellSize(image.width * image.height);
  return image;
}
