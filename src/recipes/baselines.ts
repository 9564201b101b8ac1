import { z } from "zod";
import { commonFields, count, share } from "./fields.ts";
import { standard } from "./hybrid.ts";

/** Greedy coreset of all training patches (Roth et al., CVPR 2022, Algorithm 1). */
const coreset = z.strictObject({
  /** Share of all training patches that is kept. */
  share: share.gt(0),
  /** At most so many patches are kept; the model and the time of an inspection grow with them. */
  cap: z.union([count, z.literal("none")], 'must be a whole number from 1 or "none"'),
  /** Dimensions of the random projection in which patches are chosen; the bank keeps whole features. */
  projection: z.union([count, z.literal("none")], 'must be a whole number from 1 or "none"'),
});

export const patchCoreRecipeSchema = z
  .strictObject({
    ...commonFields,
    method: z.literal("patchcore"),
    coreset,
    /**
     * Size of the neighbourhood in the bank that re-weights the image score (Eq. 7), the nearest vector itself included; 0 leaves
     * the weight out, which with 1 would always be 0.
     */
    reweight: z
      .int()
      .min(0)
      .refine((size) => size !== 1, "must be 0 or at least 2"),
  })
  .refine(({ reweight, score }) => reweight === 0 || score.image === "patch", {
    message: 'must be 0 where score.image is "map": it weighs the worst patch\'s score',
    path: ["reweight"],
  });

export const padimRecipeSchema = z.strictObject({
  ...commonFields,
  method: z.literal("padim"),
  /** Channels kept, drawn at random; all, if there are no more. */
  dimensions: count,
  /** What is added to the diagonal of every covariance. */
  regularization: z.number().positive(),
});

export const dfmRecipeSchema = z.strictObject({
  ...commonFields,
  method: z.literal("dfm"),
  /** Share of the features' variance that the principal components keep. */
  variance: share.gt(0).lt(1),
});

/**
 * The settings of PatchCore.
 *
 * @interface
 */
export type PatchCoreRecipe = z.infer<typeof patchCoreRecipeSchema>;
/**
 * The settings of PaDiM.
 *
 * @interface
 */
export type PadimRecipe = z.infer<typeof padimRecipeSchema>;
/**
 * The settings of DFM.
 *
 * @interface
 */
export type DfmRecipe = z.infer<typeof dfmRecipeSchema>;

/** On the images and features of the recipe `default`, so that methods differ and nothing else does. */
const { preprocessing, aggregation, holdout } = standard;
const common = { preprocessing, aggregation, holdout, score: { image: "patch", smoothing: 4 } } as const;

export const patchcore: PatchCoreRecipe = {
  ...common,
  name: "patchcore",
  method: "patchcore",
  coreset: { share: 0.1, cap: 10_000, projection: 128 },
  reweight: 9,
};

export const padim: PadimRecipe = {
  ...common,
  name: "padim",
  method: "padim",
  dimensions: 100,
  regularization: 0.01,
  score: { image: "map", smoothing: 4 },
};

export const dfm: DfmRecipe = {
  ...common,
  name: "dfm",
  method: "dfm",
  variance: 0.97,
  score: { image: "map", smoothing: 4 },
};
