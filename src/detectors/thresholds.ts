import type { Sample } from "../datasets/index.ts";
import type { Runtime } from "../graph/index.ts";
import type { Tiling } from "../images/index.ts";
import { calibrate, GraphScorer, inTiles, type Thresholds } from "../model/index.ts";
import { decodeAll, type Watch } from "./decode-all.ts";

export interface ThresholdsRequest extends Watch {
  /** The trained model's bytes. */
  readonly model: Uint8Array;
  /** Good images that were held out of training. */
  readonly held: readonly Sample[];
  /** The share of good images that may be called defective; 0.01 if left out. */
  readonly falseReject?: number | undefined;
  /** How the model's images are cut, if they are. */
  readonly tiling?: Tiling | undefined;
  readonly runtime: Runtime;
}

/** Sets the thresholds on the images held out, of which a few are in memory at a time; undefined without any. */
export async function findThresholds(request: ThresholdsRequest): Promise<Thresholds | undefined> {
  const { model, held, tiling, runtime, falseReject, signal } = request;
  if (held.length === 0) return undefined;
  const scorer = await GraphScorer.open(model, runtime, "the trained model", { background: true });
  try {
    const images = decodeAll(held, "thresholds", request);
    return await calibrate(inTiles(scorer, tiling), images, { falseReject, signal });
  } finally {
    await scorer.close();
  }
}
