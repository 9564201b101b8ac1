import { z } from "zod";
import { commonFields, count, share } from "./fields.ts";
import { SCALINGS } from "./scaling.ts";

const aligner = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("mona"), depth: count, width: count, dropout: share.lt(1) }),
  z.strictObject({ kind: z.literal("linear"), bias: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal("none") }),
]);

/**
 * Where the fuser puts its noise. `all`: on every patch, as in the paper. `perlin`: on the patches under a thresholded
 * Perlin mask, and on none in an `empty` share of the images, as in SuperSimpleNet.
 */
const noiseSchema = z.strictObject({
  /** Standard deviation: of the features as they are, or in units of the features' own; see `scaling`. */
  deviation: z.number().positive(),
  mask: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("all") }),
    z.strictObject({ kind: z.literal("perlin"), threshold: share, empty: share }),
  ]),
});

const loss = z
  .strictObject({
    /** Weight of the truncated L1 term over patches; 0 leaves it out. */
    truncatedL1: z.number().min(0),
    margin: z.number().positive(),
    /** Weight of the image-level focal term; 0 leaves it out. */
    focal: z.number().min(0),
    gamma: count,
  })
  .refine(
    ({ truncatedL1, focal }) => truncatedL1 + focal > 0,
    "one of truncatedL1 and focal must be above 0",
  );

/**
 * Every setting of a training run that is not data, backbone or seed, for the methods that learn by noise on features: RSAD
 * and SimpleNet. Plain data, kept whole in the model's metadata.
 */
export const trainedRecipeSchema = z.strictObject({
  ...commonFields,
  method: z.enum(["rsad", "simplenet"]),
  /** How features are scaled by what was measured on the training images; see `SCALINGS`. */
  scaling: z.enum(SCALINGS),
  aligner,
  noise: noiseSchema,
  discriminator: z.strictObject({ hidden: z.array(count).min(1) }),
  loss,
  optimizer: z.strictObject({
    alignerRate: z.number().positive(),
    discriminatorRate: z.number().positive(),
    /** Added to the gradient, times the parameter. */
    weightDecay: z.number().min(0),
    /** Decoupled weight decay of the aligner, as in AdamW, in place of `weightDecay`; 0 keeps that. */
    alignerDecoupledDecay: z.number().min(0),
    /** Shares of the run after which both rates are multiplied by `decayFactor`. */
    decayAt: z.array(share),
    decayFactor: z.number().positive(),
  }),
  /** Length of training: passes over the images, or steps. */
  length: z.union(
    [z.strictObject({ epochs: count }), z.strictObject({ steps: count })],
    'must be {"epochs": n} or {"steps": n}, with a whole n from 1',
  ),
  /** Images a step. */
  batch: count,
  /** Patches of each image that a step looks at, drawn anew each time; `all`, or more than there are, for every one. */
  patches: z.union([count, z.literal("all")], 'must be a whole number from 1 or "all"'),
});

/**
 * The settings of RSAD as in the paper, and of SimpleNet.
 *
 * @interface
 */
export type TrainedRecipe = z.infer<typeof trainedRecipeSchema>;

/** Section 4.3 of the paper, with the readings of docs/method.md where it is silent. */
export const paper: TrainedRecipe = {
  name: "paper",
  method: "rsad",
  preprocessing: { fit: "crop", size: 224, resize: 256 },
  aggregation: { kind: "average", neighbourhood: 3 },
  scaling: "reference",
  aligner: { kind: "mona", depth: 1, width: 64, dropout: 0.1 },
  noise: { deviation: 0.015, mask: { kind: "all" } },
  discriminator: { hidden: [1024, 512] },
  loss: { truncatedL1: 1, margin: 0.5, focal: 1, gamma: 4 },
  optimizer: {
    alignerRate: 1e-4,
    discriminatorRate: 2e-4,
    weightDecay: 1e-5,
    alignerDecoupledDecay: 0,
    decayAt: [],
    decayFactor: 1,
  },
  length: { epochs: 160 },
  batch: 4,
  patches: "all",
  score: { image: "patch", smoothing: 4 },
  holdout: 0,
};

/** The paper's stages for an unknown part: the whole frame, noise in units of the measured features, minutes on a CPU. */
export const noise: TrainedRecipe = {
  ...paper,
  name: "noise",
  preprocessing: { fit: "stretch", size: 256 },
  scaling: "global",
  aligner: { kind: "none" },
  noise: { deviation: 0.4, mask: { kind: "all" } },
  discriminator: { hidden: [512] },
  loss: { ...paper.loss, focal: 0 },
  optimizer: {
    ...paper.optimizer,
    alignerRate: 1e-3,
    discriminatorRate: 1e-3,
    decayAt: [0.6, 0.85],
    decayFactor: 0.4,
  },
  length: { steps: 400 },
  patches: 256,
  score: { image: "map", smoothing: 4 },
  holdout: 0.1,
};

/**
 * SimpleNet (Liu et al., CVPR 2023) with the settings of its published code, on the paper's preprocessing and this program's
 * patch features, so that the two differ in the method alone.
 */
export const simplenet: TrainedRecipe = {
  ...paper,
  name: "simplenet",
  method: "simplenet",
  aligner: { kind: "linear", bias: true },
  discriminator: { hidden: [1024] },
  loss: { ...paper.loss, focal: 0 },
  optimizer: { ...paper.optimizer, alignerDecoupledDecay: 0.01 },
  batch: 8,
};
