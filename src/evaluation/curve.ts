export interface F1Max {
  readonly value: number;
  /** Scores of at least this count as defective. */
  readonly threshold: number;
}

/** The measures of a ranking; all undefined unless both classes are present. */
export interface CurveMeasures {
  /**
   * Area under the ROC curve as the Mann–Whitney statistic: the share of (positive, negative) pairs in which the
   * positive has the greater score, ties counting one half.
   */
  readonly auroc: number | undefined;
  /** Average precision: the sum of precision times gain in recall over the distinct thresholds. */
  readonly aupr: number | undefined;
  /** The largest F1 = 2 TP / (2 TP + FP + FN); among equals the one of the highest threshold. */
  readonly f1Max: F1Max | undefined;
}

/**
 * Takes the distinct scores of the positives in falling order and gathers the measures of their ranking. Thresholds
 * at scores that only negatives have change neither the areas nor the largest F1.
 */
export class CurveSum {
  readonly #positives: number;
  readonly #negatives: number;
  #found = 0;
  #pairs = 0;
  #precision = 0;
  #best: F1Max = { value: 0, threshold: Number.POSITIVE_INFINITY };

  constructor(positives: number, negatives: number) {
    this.#positives = positives;
    this.#negatives = negatives;
  }

  /**
   * `positives` have exactly the score `threshold`; `above` negatives have a greater one, `atLeast` negatives this or a
   * greater one.
   */
  add(threshold: number, positives: number, above: number, atLeast: number): void {
    this.#found += positives;
    this.#pairs += positives * (this.#negatives - (above + atLeast) / 2);
    this.#precision += positives * (this.#found / (this.#found + atLeast));
    const value = (2 * this.#found) / (this.#found + atLeast + this.#positives);
    if (value > this.#best.value) this.#best = { value, threshold };
  }

  measures(): CurveMeasures {
    if (this.#positives === 0 || this.#negatives === 0) {
      return { auroc: undefined, aupr: undefined, f1Max: undefined };
    }
    return {
      auroc: this.#pairs / this.#positives / this.#negatives,
      aupr: this.#precision / this.#positives,
      f1Max: this.#best,
    };
  }
}
