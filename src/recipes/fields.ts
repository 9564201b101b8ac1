import { z } from "zod";

export const count = z.int().positive();
export const share = z.number().min(0).max(1);

const preprocessing = z.discriminatedUnion("fit", [
  z.strictObject({ fit: z.enum(["stretch", "pad"]), size: count }),
  z
    .strictObject({ fit: z.literal("crop"), size: count, resize: count })
    .refine(({ size, resize }) => resize >= size, "resize must be at least size"),
]);

const aggregation = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("average"),
    neighbourhood: count.refine((size) => size % 2 === 1, "must be odd"),
  }),
  z.strictObject({ kind: z.literal("simplenet"), dimension: count }),
]);

/** What every method's recipe has: how an image becomes patch features, and patch scores an answer. */
export const commonFields = {
  name: z.string(),
  preprocessing,
  aggregation,
  score: z.strictObject({
    /** `patch`: the worst patch's score. `map`: the maximum of the smoothed map. */
    image: z.enum(["patch", "map"]),
    /** Deviation of the Gaussian that smooths the map, in pixels of the network's input. */
    smoothing: z.number().min(0),
  }),
  /** Share of the good images kept out of training to set the thresholds; 0 sets none. */
  holdout: share.lt(1),
};
