import type { AnomalyMap, Mask } from "../pixels/index.ts";
import { ImageOverlapStatistics } from "./aupimo.ts";
import { AUPRO_STRICT_LIMIT, RegionStatistics } from "./aupro.ts";
import { checkMask } from "./check-mask.ts";
import { type PixelSummary, summarize } from "./evaluate.ts";
import { type Evaluation, GOOD, type ScoredSample } from "./evaluation.ts";
import { meanAndDeviation } from "./mean-and-deviation.ts";
import { PixelStatistics } from "./pixel-curve.ts";

export interface EvaluatorOptions {
  /** The image threshold to judge by; it must come from other samples than those added. */
  readonly imageThreshold?: number | undefined;
  /** From here on samples that are not called defective are for review; without an image threshold it says nothing. */
  readonly reviewThreshold?: number | undefined;
}

export interface EvaluatedSample extends ScoredSample {
  /** In the image's own pixel frame; NaN = not inspected. */
  readonly map?: AnomalyMap | undefined;
  /** Of the map's size. A good image needs none; a defect image without one counts in image metrics only. */
  readonly mask?: Mask | undefined;
}

/**
 * Evaluates sample by sample, so that no map need be kept.
 *
 * @example
 * const evaluator = new Evaluator({ imageThreshold: 0.7 });
 * for (const sample of samples) evaluator.add(sample);
 * const { image, pixel } = evaluator.finish();
 */
export class Evaluator {
  readonly #thresholds: { readonly image: number | undefined; readonly review: number | undefined };
  readonly #samples: ScoredSample[] = [];
  readonly #pixels = new Map<string, PixelStatistics>();
  readonly #regions = new RegionStatistics();
  readonly #overlaps = new ImageOverlapStatistics();
  /** The positions of the samples among the overlaps. */
  readonly #overlapSamples: number[] = [];
  #images = 0;
  #defectImages = 0;
  #withoutMask = 0;

  constructor(options: EvaluatorOptions = {}) {
    this.#thresholds = { image: options.imageThreshold, review: options.reviewThreshold };
  }

  /**
   * Throws RSAD_MASK_INVALID when mask and map differ in size or a good image's mask marks a defect, and
   * RSAD_ARGUMENT_INVALID for a mask without a map.
   */
  add(sample: EvaluatedSample): void {
    const { name, type, score, seconds, map, mask } = sample;
    if (mask !== undefined) checkMask(name, type, mask, map);
    this.#samples.push({ name, type, score, seconds });
    if (map === undefined) return;
    if (type !== GOOD && mask === undefined) {
      this.#withoutMask++;
      return;
    }
    this.#images++;
    this.#pixelsOf(type).add(map.data, mask?.data);
    if (type === GOOD) this.#overlaps.addGood(map.data);
    else if (mask !== undefined) {
      this.#defectImages++;
      this.#regions.add(map.data, mask.data, map.width);
      this.#overlaps.addDefect(map.data, mask.data);
      this.#overlapSamples.push(this.#samples.length - 1);
    }
  }

  /** The evaluation of all samples so far. Throws RSAD_ARGUMENT_INVALID for a score or threshold that is not finite. */
  finish(): Evaluation {
    const pixels = this.#defectImages > 0 ? this.#summarizePixels() : undefined;
    return summarize(this.#samples, pixels, this.#thresholds);
  }

  #pixelsOf(type: string): PixelStatistics {
    let pixels = this.#pixels.get(type);
    if (pixels === undefined) {
      pixels = new PixelStatistics();
      this.#pixels.set(type, pixels);
    }
    return pixels;
  }

  #summarizePixels(): PixelSummary {
    const all = new PixelStatistics([...this.#pixels.values()]);
    const defect = all.defect + all.notInspectedDefect;
    const total = all.good + all.defect + all.notInspected;
    const aupimos = this.#aupimos();
    return {
      overall: {
        auroc: all.auroc(),
        aupr: all.aupr(),
        f1Max: all.f1Max(),
        aupro: this.#regions.aupro(all),
        aupro5: this.#regions.aupro(all, AUPRO_STRICT_LIMIT),
        aupimo: aupimos.size > 0 ? meanAndDeviation([...aupimos.values()]).mean : undefined,
        images: this.#images,
        defectImages: this.#defectImages,
        withoutMask: this.#withoutMask,
        regions: this.#regions.regions,
        notInspectedShare: share(all.notInspected, total),
        notInspectedDefectShare: share(all.notInspectedDefect, defect),
        notInspectedRegions: this.#regions.notInspected,
      },
      aurocByType: this.#aurocByType(),
      aupimos,
    };
  }

  #aupimos(): Map<number, number> {
    const values = this.#overlaps.aupimos();
    return new Map(
      this.#overlapSamples.flatMap((sample, i) => {
        const value = values[i];
        return value === undefined ? [] : [[sample, value] as const];
      }),
    );
  }

  #aurocByType(): Map<string, number> {
    const good = this.#pixels.get(GOOD);
    const aurocs = new Map<string, number>();
    for (const [type, own] of this.#pixels) {
      if (type === GOOD) continue;
      const auroc = new PixelStatistics(good ? [good, own] : [own]).auroc();
      if (auroc !== undefined) aurocs.set(type, auroc);
    }
    return aurocs;
  }
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
