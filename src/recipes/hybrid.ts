import { z } from "zod";
import { commonFields, count, share } from "./fields.ts";
import { noise } from "./trained.ts";

const ifAny = <T extends z.ZodType>(settings: T, form: string) =>
  z.union([settings, z.literal("none")], `must be ${form} or "none"`);

/**
 * RSAD with three things around its discriminator that the paper does not have: an aligner in closed form, pseudo-defects that
 * are painted into the images besides those that noise makes of features, and a small bank of normal patches. Plain data,
 * kept whole in the model's metadata.
 */
export const hybridRecipeSchema = z.strictObject({
  ...commonFields,
  method: z.literal("hybrid"),
  /**
   * Stage 2 in closed form: principal components of the training patches, each divided by its deviation to the `power`;
   * 0 keeps their proportions, 1 makes all alike. Scaled to a mean variance of 1, the unit of `noise`.
   */
  whitening: z.strictObject({ components: count, power: share }),
  /** Standard deviation of the fuser's noise, in the whitened features' own. */
  noise: z.strictObject({ deviation: z.number().positive() }),
  /** Pseudo-defects painted into `images` good images; a patch of which more than `coverage` is painted over is one. */
  painting: ifAny(
    z.strictObject({ images: count, coverage: share.gt(0).lt(1) }),
    '{"images": n, "coverage": share}',
  ),
  /** The bank: `vectors` patches in their first `components` principal components, not whitened. */
  memory: ifAny(z.strictObject({ vectors: count, components: count }), '{"vectors": n, "components": n}'),
  discriminator: z.strictObject({ hidden: z.array(count).min(1) }),
  /** Of the truncated L1 term that noise is told by (Eq. 7). */
  loss: z.strictObject({ margin: z.number().positive() }),
  optimizer: z.strictObject({
    rate: z.number().positive(),
    weightDecay: z.number().min(0),
    /** Shares of the run after which the rate is multiplied by `decayFactor`. */
    decayAt: z.array(share),
    decayFactor: z.number().positive(),
  }),
  length: z.strictObject({ steps: count }),
  /** Normal patches a step; as many are noised, and half as many come from painted defects and from beside them. */
  patches: count.min(2),
});

/**
 * The settings of RSAD with a memory, the default method.
 *
 * @interface
 */
export type HybridRecipe = z.infer<typeof hybridRecipeSchema>;

/** Global settings for an unknown part, found on the two development sets (docs/benchmarks.md). */
export const standard: HybridRecipe = {
  name: "default",
  method: "hybrid",
  preprocessing: noise.preprocessing,
  aggregation: noise.aggregation,
  whitening: { components: 384, power: 0.5 },
  noise: { deviation: 0.4 },
  painting: { images: 1000, coverage: 0.3 },
  memory: { vectors: 4000, components: 64 },
  discriminator: { hidden: [512, 512] },
  loss: { margin: 0.5 },
  optimizer: { rate: 1e-3, weightDecay: 1e-5, decayAt: [0.6, 0.85], decayFactor: 0.4 },
  length: { steps: 600 },
  patches: 1024,
  score: { image: "map", smoothing: 4 },
  holdout: 0.1,
};
