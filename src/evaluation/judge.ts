import type { FalseReject } from "../calibration/index.ts";
import type { Scorer } from "../model/index.ts";

/** A model's thresholds: image scores and map values of at least these count as defective. */
export interface Calibrated {
  readonly image: number;
  readonly pixel: number;
  /** Images that score at least this but less than `image` are for a person to look at. */
  readonly review?: number | undefined;
  /** Of good images that training did not see, ascending. */
  readonly scores?: readonly number[] | undefined;
  /** What `image` promises of good images; absent where it promises nothing. */
  readonly falseReject?: FalseReject | undefined;
}

/** What inspecting and evaluating need of a trained model: a `Model` is one. */
export interface Judge extends Scorer {
  readonly metadata: {
    /** Absent where no good images were held out. */
    readonly threshold?: Calibrated | undefined;
  };
  /** False where images are scored otherwise than those behind the thresholds; true if left out. */
  readonly comparable?: boolean | undefined;
}
