import { RsadError } from "../errors.ts";
import { type CurveMeasures, CurveSum, type F1Max } from "./curve.ts";
import { bitsOf, endOfRun } from "./runs.ts";
import { ValueHistogram } from "./value-histogram.ts";

/**
 * Pixel metrics pooled over images, exact with ties, for map values as a {@link ValueHistogram} tells them apart. Pixels
 * whose map value is NaN were not inspected: they are left out and counted. Memory does not grow with the number of
 * pixels.
 */
export class PixelStatistics {
  readonly #good = new ValueHistogram();
  readonly #defect = new ValueHistogram();
  #notInspected = 0;
  #notInspectedDefect = 0;
  #measures: CurveMeasures | undefined;

  /** The pixels of all `parts` so far. */
  constructor(parts: readonly PixelStatistics[] = []) {
    for (const part of parts) {
      this.#good.addAll(part.#good);
      this.#defect.addAll(part.#defect);
      this.#notInspected += part.#notInspected;
      this.#notInspectedDefect += part.#notInspectedDefect;
    }
  }

  /**
   * Adds an image: `map` holds height * width anomaly values, higher is worse, NaN = not inspected; `mask` is as long,
   * non-zero = defect; without one the whole image is good. Throws RSAD_MASK_INVALID when the lengths differ.
   */
  add(map: Float32Array, mask?: Uint8Array): void {
    checkMaskLength(map, mask);
    this.#measures = undefined;
    const values = bitsOf(map);
    for (let from = 0; from < map.length; ) {
      const isDefect = mask !== undefined && mask[from] !== 0;
      const to = mask === undefined ? map.length : endOfRun(mask, from);
      const notInspected = to - from - (isDefect ? this.#defect : this.#good).addRun(values, from, to);
      this.#notInspected += notInspected;
      if (isDefect) this.#notInspectedDefect += notInspected;
      from = to;
    }
  }

  /** Inspected pixels outside defects. */
  get good(): number {
    return this.#good.total;
  }

  /** Inspected pixels of defects. */
  get defect(): number {
    return this.#defect.total;
  }

  /** Pixels whose map value is NaN. */
  get notInspected(): number {
    return this.#notInspected;
  }

  /** Of the pixels not inspected, those of defects. */
  get notInspectedDefect(): number {
    return this.#notInspectedDefect;
  }

  /** Area under the pixel ROC curve. Undefined unless both good and defective pixels were inspected. */
  auroc(): number | undefined {
    return this.#measure().auroc;
  }

  /** Average precision over pixels. Undefined as {@link auroc}. */
  aupr(): number | undefined {
    return this.#measure().aupr;
  }

  /** The largest F1 over all pixel thresholds. Undefined as {@link auroc}. */
  f1Max(): F1Max | undefined {
    return this.#measure().f1Max;
  }

  /** Good pixels by value. */
  goodValues(): ValueHistogram {
    return this.#good;
  }

  #measure(): CurveMeasures {
    this.#measures ??= measure(this.#defect, this.#good);
    return this.#measures;
  }
}

function measure(defect: ValueHistogram, good: ValueHistogram): CurveMeasures {
  const sum = new CurveSum(defect.total, good.total);
  let above = 0;
  ValueHistogram.descending(defect, good, (value, positives, negatives) => {
    if (positives > 0) sum.add(value, positives, above, above + negatives);
    above += negatives;
  });
  return sum.measures();
}

/** Throws RSAD_MASK_INVALID unless the mask has as many pixels as the map. */
export function checkMaskLength(map: Float32Array, mask: Uint8Array | undefined): void {
  if (mask === undefined || mask.length === map.length) return;
  throw new RsadError("RSAD_MASK_INVALID", {
    subject: "mask",
    expected: `${map.length} pixels, as in the anomaly map`,
    received: mask.length,
    hint: "Masks must have the size of their images.",
  });
}
