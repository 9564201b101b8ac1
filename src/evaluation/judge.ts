import type { Scorer } from "../model/index.ts";

/** What inspecting and evaluating need of a trained model: a `Model` is one. */
export interface Judge extends Scorer {
  readonly metadata: {
    /** Image scores and map values of at least this count as defective; absent where no good images were held out. */
    readonly threshold?:
      | {
          readonly image: number;
          readonly pixel: number;
          /** Images that score at least this but less than `image` are for a person to look at. */
          readonly review?: number | undefined;
          /** Of good images that training did not see, ascending. */
          readonly scores?: readonly number[] | undefined;
        }
      | undefined;
  };
}
