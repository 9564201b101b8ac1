import { RsadError } from "../errors.ts";
import { checkMaskLength } from "./pixel-curve.ts";
import { withoutRounding } from "./rounding.ts";
import { bitsOf } from "./runs.ts";
import { ValueHistogram } from "./value-histogram.ts";

/** The shared false positive rates between which AUPIMO integrates. */
export const AUPIMO_RANGE: RateRange = { lower: 1e-5, upper: 1e-4 };

export interface RateRange {
  readonly lower: number;
  readonly upper: number;
}

/** A defect image with more defect pixels keeps so many of their values, evenly spread in rank. */
const MOST_VALUES = 2 ** 14;

/**
 * AUPIMO, the area under per-image overlap (Bertoldo et al., "AUPIMO: Redefining Visual Anomaly Detection Benchmarks
 * with High Speed and Low Tolerance", BMVC 2024, arXiv 2401.01984): for each defect image the share of its defect
 * pixels that is found, against the mean over the good images of the share of their pixels that is falsely found,
 * integrated over the logarithm of that rate and divided by the range's width.
 *
 * The curve joins the points of all distinct thresholds by straight lines over the logarithm, cut at exactly the range's ends.
 * Below the rate of the strictest threshold that finds any good pixel it has the overlap that is found without. anomalib
 * draws the same curve from thresholds at equal distances and ends it at those nearest to the range's ends; both
 * agree where its thresholds are fine enough.
 *
 * Pixels whose map value is NaN were not inspected and count neither way. Good pixels of defect images play no part. Memory: at most
 * 64 KiB for each defect image.
 */
export class ImageOverlapStatistics {
  /** Every inspected pixel of a good image weighs one over their number. */
  readonly #good = new ValueHistogram();
  #goodImages = 0;
  #goodPixels = 0;
  /** Of each defect image, its inspected defect pixels' values in rising order. */
  readonly #defects: Float32Array[] = [];

  /** Adds a good image's map. */
  addGood(map: Float32Array): void {
    let inspected = 0;
    for (let i = 0; i < map.length; i++) if (!Number.isNaN(map[i])) inspected++;
    if (inspected === 0) return;
    this.#good.addRun(bitsOf(map), 0, map.length, 1 / inspected);
    this.#goodImages++;
    this.#goodPixels += inspected;
  }

  /** Adds a defect image's map and mask (non-zero = defect). Throws RSAD_MASK_INVALID when the lengths differ. */
  addDefect(map: Float32Array, mask: Uint8Array): void {
    checkMaskLength(map, mask);
    let count = 0;
    for (let i = 0; i < map.length; i++) if (mask[i] !== 0 && !Number.isNaN(map[i])) count++;
    const values = new Float32Array(count);
    for (let i = 0, next = 0; next < count; i++) {
      if (mask[i] !== 0 && !Number.isNaN(map[i])) values[next++] = map[i]!;
    }
    this.#defects.push(thinned(values.sort()));
  }

  /**
   * One value for each defect image in the order they were added; where an image has more than 16,384 inspected defect
   * pixels, exact to 3e-5. Undefined for an image without inspected defect pixels, and for all of them where the good
   * images have fewer than 1 / lower inspected pixels together: a single one is then a greater share than the range begins at.
   * Throws RSAD_ARGUMENT_INVALID unless 0 < lower < upper <= 1.
   */
  aupimos(range: RateRange = AUPIMO_RANGE): (number | undefined)[] {
    const { lower, upper } = range;
    if (!(lower > 0 && lower < upper && upper <= 1)) throw rangeError(range);
    if (!(1 / this.#goodPixels <= lower)) return this.#defects.map(() => undefined);
    const curve = this.#falsePositives(upper);
    return this.#defects.map((values) =>
      values.length === 0 ? undefined : this.#area(values, curve, range),
    );
  }

  /** The distinct values of good images from the greatest down, each with the rate from there on, until it reaches `upper`. */
  #falsePositives(upper: number): { threshold: number; rate: number }[] {
    const curve: { threshold: number; rate: number }[] = [];
    let sum = 0;
    ValueHistogram.descending(this.#good, new ValueHistogram(), (threshold, weight) => {
      if (sum / this.#goodImages >= upper) return;
      sum += weight;
      curve.push({ threshold, rate: sum / this.#goodImages });
    });
    return curve;
  }

  #area(
    values: Float32Array,
    curve: readonly { threshold: number; rate: number }[],
    { lower, upper }: RateRange,
  ): number {
    let area = 0;
    let rateBefore = 0;
    let left = values.length;
    const floor = (value: number) => this.#good.floor(value);
    for (const { threshold, rate } of curve) {
      while (left > 0 && floor(values[left - 1]!) > threshold) left--;
      const above = 1 - left / values.length;
      while (left > 0 && floor(values[left - 1]!) >= threshold) left--;
      const atLeast = 1 - left / values.length;
      const from = Math.max(rateBefore, lower);
      const to = Math.min(rate, upper);
      if (to > from) {
        const width = Math.log(rate / rateBefore);
        const at = (x: number) =>
          rateBefore === 0 ? above : above + ((atLeast - above) * Math.log(x / rateBefore)) / width;
        area += ((at(from) + at(to)) / 2) * Math.log(to / from);
      }
      rateBefore = rate;
    }
    return withoutRounding(area / Math.log(upper / lower));
  }
}

function thinned(rising: Float32Array): Float32Array {
  if (rising.length <= MOST_VALUES) return rising;
  return Float32Array.from(
    { length: MOST_VALUES },
    (_, i) => rising[Math.floor(((i + 0.5) * rising.length) / MOST_VALUES)]!,
  );
}

function rangeError({ lower, upper }: RateRange): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "range",
    expected: "false positive rates with 0 < lower < upper <= 1",
    received: `${lower} to ${upper}`,
    hint: `AUPIMO is defined from ${AUPIMO_RANGE.lower} to ${AUPIMO_RANGE.upper}.`,
  });
}
