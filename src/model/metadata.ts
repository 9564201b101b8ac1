import { z } from "zod";
import { DEVICES } from "../graph/index.ts";
import { recipeSchema } from "../recipes/index.ts";

/** Raised whenever a model of the version before can no longer be read or would score otherwise. */
export const MODEL_FORMAT = 3;

const shareSchema = z.number().min(0).max(1);
const isAscending = (values: readonly number[]) =>
  values.every((value, i) => i === 0 || values[i - 1]! <= value);

const thresholdSchema = z.object({
  /** Images scoring at least this are called defective. */
  image: z.number(),
  /** Pixels of a defective image at or above this belong to a defect. */
  pixel: z.number(),
  /** How both were found, in words. */
  rule: z.string(),
  /** Good images behind them, none of which was trained on. */
  count: z.number(),
  /**
   * The first 16 digits of the SHA-256 of each file behind them, defects that decided included: their figures say nothing of how the
   * thresholds do on others. Absent of models in int8 or fp16.
   */
  images: z.array(z.string()).readonly().optional(),
  /** Their image scores, ascending: p-values are ranks among them. */
  scores: z.array(z.number()).min(1).refine(isAscending, "scores must ascend").readonly(),
  /** What the image threshold means for good images, as shares; absent where it was chosen by these very scores and so promises nothing. */
  falseReject: z
    .object({
      /** Asked for. */
      asked: shareSchema,
      /** Of new good images, at most so many are called defective, in the mean over calibrations. */
      promised: shareSchema,
      /** Where the share that this calibration will have lies with 95 % confidence. */
      interval: z
        .tuple([shareSchema, shareSchema])
        .refine(isAscending, "the interval must ascend")
        .readonly(),
    })
    .optional(),
  /** The share of false rejects that was asked for before defects chose the image threshold, which promises none; for a later calibration. */
  asked: shareSchema.optional(),
  /** Where the scores behind them were computed, if not on the CPU. */
  device: z.enum(DEVICES).optional(),
  /** Images scoring at least this, but below `image`, are for a person to look at; absent where there are two verdicts only. */
  review: z.number().optional(),
  /** What the images of the model's first calibration scored, ascending: in most models those held out of training. Of models calibrated again. */
  firstScores: z.array(z.number()).refine(isAscending, "scores must ascend").readonly().optional(),
});

const fingerprintSchema = z.object({ count: z.number(), sha256: z.string() });

/** `int8`: most products in integers. `fp16`: weights stored in half precision. */
export const PRECISIONS = ["int8", "fp16"] as const;
export type Precision = (typeof PRECISIONS)[number];

export const metadataSchema = z.object({
  format: z.literal(MODEL_FORMAT),
  createdWith: z.string(),
  backbone: z.object({
    name: z.string(),
    sha256: z.string(),
    licence: z.string(),
    /** What the licence does not allow, where that is known. */
    notice: z.string().optional(),
    source: z.string(),
    taps: z.array(z.string()),
  }),
  /** The scale of the backbone's features over the images trained on. */
  features: z
    .object({
      /** Root mean square of the channels' deviations. */
      deviation: z.number(),
      /** What all features were divided by before noise was added; absent where none were, or each channel by its own. */
      divisor: z.number().optional(),
    })
    .optional(),
  recipe: recipeSchema,
  /** The squares that images are cut into, where they are: of models trained on such, or calibrated for them. */
  tiles: z
    .object({
      /** Pixels a side, at the images' own resolution. */
      size: z.number().int().positive(),
      /** Pixels that neighbours share at least. */
      overlap: z.number().int().min(0),
      /** Tiles trained on; 0 of a model that was trained on whole images. */
      trained: z.number(),
    })
    .refine(({ size, overlap }) => 2 * overlap <= size, "overlap must be at most half of the size")
    .optional(),
  /** The part of every image that is learned from and inspected; absent where that is all of it. */
  region: z
    .object({
      /** The file that it was read from. */
      name: z.string(),
      /** Of the mask as the model has it. */
      sha256: z.string(),
      /** Of the image's area, 0 to 1. */
      share: z.number(),
    })
    .optional(),
  seed: z.number(),
  /** Where it learned, if not on the CPU. */
  device: z.enum(DEVICES).optional(),
  /** Steps trained; absent for methods that do not learn step by step. */
  steps: z.number().optional(),
  /** Figures on what was learned, such as the vectors of a memory bank. */
  facts: z.record(z.string(), z.number()).optional(),
  /** Trained values by stage. */
  parameters: z.object({ aligner: z.number(), discriminator: z.number() }).optional(),
  data: z.object({
    name: z.string(),
    /** Good images in the training folder, the held-out ones included, those left out not. */
    count: z.number(),
    sha256: z.string(),
    /** Images of the training folder that were left out, and are not counted above; absent where none were. */
    leftOut: z.number().optional(),
    /** Of the good images, those with the content of another one, which took no part; absent where there were none. */
    copies: z.number().optional(),
    /** Images trained on. */
    trained: z.number(),
    /** The first 16 digits of the SHA-256 of each file trained on: such images say nothing of how new ones score. */
    learned: z.array(z.string()).readonly().optional(),
    /** Images held out of training, that the thresholds were first found with. */
    heldOut: z.number(),
  }),
  /** What became of the weights after training; absent where they are float32. */
  precision: z
    .object({
      weights: z.enum(PRECISIONS),
      /** The good images that ranges and thresholds were found with. */
      images: fingerprintSchema,
      /** What it cost on labelled images, where that was measured; areas under the ROC curve, 0 to 1. */
      check: fingerprintSchema
        .extend({ imageAuroc: z.object({ before: z.number(), after: z.number() }) })
        .optional(),
    })
    .optional(),
  /** Absent when the recipe holds no images out. */
  threshold: thresholdSchema.optional(),
});

/**
 * Where a model comes from and how it decides; kept in the ONNX file's `metadata_props` under `rsad`, as JSON.
 *
 * @interface
 */
export type ModelMetadata = z.infer<typeof metadataSchema>;

/**
 * From where on images and pixels are defective, and what that promises.
 *
 * @interface
 */
export type Thresholds = z.infer<typeof thresholdSchema>;
