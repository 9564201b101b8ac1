import type { InspectedSample } from "../assessment/index.ts";
import { GOOD, type Verdict, verdictOf } from "../evaluation/index.ts";
import { drawHeatmap, encodeJpeg, type Image, maskOverlay, thumbnail } from "../images/index.ts";
import type { GallerySample } from "./input.ts";

const SIDE = 240;
const MOST = 40;

export interface Thresholds {
  readonly image?: number | undefined;
  readonly review?: number | undefined;
  readonly pixel?: number | undefined;
}

/**
 * Picks the samples that a report shows while an evaluation runs, keeping thumbnails only: the worst mistakes, and the
 * first few right verdicts, or images for review, of each type.
 */
export class GalleryCollector {
  readonly #thresholds: Thresholds;
  readonly #perType: number;
  readonly #mistakes: { severity: number; sample: GallerySample }[] = [];
  readonly #right = new Map<string, GallerySample[]>();

  /** `types` counts the kinds of samples to come, good ones among them. */
  constructor(types: number, thresholds: Thresholds) {
    this.#thresholds = thresholds;
    this.#perType = Math.max(1, Math.floor(MOST / 2 / types));
  }

  async add(inspected: InspectedSample): Promise<void> {
    const { sample, score } = inspected;
    const { image: threshold } = this.#thresholds;
    const verdict = this.#verdictOf(score);
    const wrong = sample.type === GOOD ? "defect" : "good";
    if (threshold === undefined || verdict !== wrong) {
      const shown = this.#right.get(sample.type) ?? [];
      if (shown.length < this.#perType) shown.push(await this.#draw(inspected));
      this.#right.set(sample.type, shown);
      return;
    }
    const severity = Math.abs(score - threshold);
    const full = this.#mistakes.length >= MOST / 2;
    if (full && severity <= this.#mistakes.at(-1)!.severity) return;
    if (full) this.#mistakes.pop();
    this.#mistakes.push({ severity, sample: await this.#draw(inspected) });
    this.#mistakes.sort((a, b) => b.severity - a.severity);
  }

  samples(): GallerySample[] {
    return [...this.#mistakes.map(({ sample }) => sample), ...[...this.#right.values()].flat()];
  }

  #verdictOf(score: number): Verdict | undefined {
    const { image, review } = this.#thresholds;
    return image === undefined ? undefined : verdictOf(score, image, review);
  }

  async #draw({ sample, image, mask, map, score }: InspectedSample): Promise<GallerySample> {
    const { pixel } = this.#thresholds;
    const picture = async (shown: Image) => encodeJpeg(await thumbnail(shown, SIDE));
    return {
      name: sample.name,
      type: sample.type,
      score,
      verdict: this.#verdictOf(score),
      image: await picture(image),
      truth: mask === undefined ? undefined : await picture(maskOverlay(image, mask)),
      heatmap: await picture(drawHeatmap(image, map, pixel)),
    };
  }
}
