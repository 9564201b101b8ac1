import { type Inspection, type InspectOptions, inspect, type Judge } from "../evaluation/index.ts";
import type { ScoredImage } from "../model/index.ts";
import type { Image } from "../pixels/index.ts";

/**
 * Judges an image that was scored before, by other thresholds perhaps, without running the model: what {@link inspect} would
 * say of it. `metadata` are the model's; of one of whole images that was opened for tiles, give `comparable: false`. Throws RSAD_ARGUMENT_INVALID as `inspect` does.
 */
export function judgeAgain(
  metadata: Judge["metadata"],
  image: Image,
  scored: ScoredImage,
  options: InspectOptions = {},
): Promise<Inspection> {
  return inspect({ metadata, score: async () => scored }, image, options);
}
