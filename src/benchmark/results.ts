import { z } from "zod";
import { type Recipe, recipeSchema } from "../recipes/index.ts";

/** Raised whenever a cell or results of the version before can no longer be read. */
export const RESULTS_FORMAT = 1;

/** A configuration that is compared: one row or column of a table. */
export interface Variant {
  /** File-safe, unique in a run. */
  readonly id: string;
  readonly label: string;
  readonly recipe: Recipe;
  /** Taken instead of the backbone's own taps. */
  readonly taps?: readonly string[] | undefined;
  /** Train on a random subset of so many good images. */
  readonly trainImages?: number | undefined;
  /** The group of an ablation that it belongs to. */
  readonly sweep?: string | undefined;
  /** What a reader of the table must know, such as "shortened to 1,500 steps (of 8,360)". */
  readonly notes: readonly string[];
}

export const variantSchema: z.ZodType<Variant> = z.object({
  id: z.string(),
  label: z.string(),
  recipe: recipeSchema,
  taps: z.array(z.string()).optional(),
  trainImages: z.number().optional(),
  sweep: z.string().optional(),
  notes: z.array(z.string()),
});

const measure = z.number().optional();

export const measuresSchema = z.object({
  image: z.object({ auroc: measure, aupr: measure, f1Max: measure }),
  /** Absent where no defect image has a mask. */
  pixel: z
    .object({
      auroc: measure,
      aupr: measure,
      f1Max: measure,
      /** Per-region overlap to a false positive rate of 0.3. */
      aupro: measure,
      /** The same to 0.05. */
      aupro5: measure,
      aupimo: measure,
    })
    .optional(),
  /** The share of all pixels that the model does not look at. */
  notInspectedShare: measure,
  /** The same as a share of defect pixels. */
  notInspectedDefectShare: measure,
});

/**
 * How well one model does on a class: shares, 0 to 1. What cannot be measured is undefined (absent in JSON).
 *
 * @interface
 */
export type Measures = Readonly<z.infer<typeof measuresSchema>>;

export const usedBackboneSchema = z.object({
  /** File-safe, unique in a run. */
  id: z.string(),
  name: z.string(),
  sha256: z.string(),
  taps: z.array(z.string()),
  parameters: z.number().optional(),
});

/** A backbone as results name it. */
export type UsedBackbone = Readonly<z.infer<typeof usedBackboneSchema>>;

export const cellResultSchema = z.object({
  format: z.literal(RESULTS_FORMAT),
  /** SHA-256 over everything that the measures depend on; see `cellKey`. */
  key: z.string(),
  suite: z.string(),
  class: z.string(),
  backbone: usedBackboneSchema,
  /** Id of the variant. */
  variant: z.string(),
  seed: z.number(),
  recipe: recipeSchema,
  /** Images: good ones to train on, those of them that were trained on, and the test set. */
  counts: z.object({
    train: z.number(),
    trained: z.number(),
    testGood: z.number(),
    testDefect: z.number(),
  }),
  /** Of the model as training left it. */
  measures: measuresSchema,
  types: z.array(z.object({ type: z.string(), count: z.number(), imageAuroc: measure, pixelAuroc: measure })),
  /** The best by image AUROC of several moments of training: chosen with the test set's help. */
  oracle: z.object({ measures: measuresSchema, step: z.number(), candidates: z.number() }).optional(),
  /** Counts of trained values by stage. */
  parameters: z.record(z.string(), z.number()),
  /** What else was learned, such as the vectors of a memory bank. */
  facts: z.record(z.string(), z.number()),
  steps: z.number().optional(),
  modelBytes: z.number(),
  /** Of computing: they differ from run to run, unlike all above. */
  seconds: z.object({
    features: z.number(),
    training: z.number(),
    evaluation: z.number(),
    /** Median over the test images. */
    inspection: z.number(),
  }),
  /** The most that the process held in memory. */
  peakBytes: z.number(),
  environment: z.object({
    rsad: z.string(),
    node: z.string(),
    onnxruntime: z.string(),
    platform: z.string(),
    arch: z.string(),
    threads: z.number(),
  }),
});

/**
 * One variant on one class with one backbone and one seed.
 *
 * @interface
 */
export type CellResult = Readonly<z.infer<typeof cellResultSchema>>;

export const cellFailureSchema = z.object({
  suite: z.string(),
  class: z.string(),
  backbone: z.string(),
  variant: z.string(),
  seed: z.number(),
  /** One of ERROR_CODES, or RSAD_INTERNAL. */
  code: z.string(),
  message: z.string(),
});

/**
 * A cell that could not be computed, and why.
 *
 * @interface
 */
export type CellFailure = Readonly<z.infer<typeof cellFailureSchema>>;

/** What the tables of an output folder are to hold: all that its runs have asked for together. */
export interface Wanted {
  readonly format: typeof RESULTS_FORMAT;
  readonly suite: {
    readonly id: string;
    readonly title: string;
    readonly classes: readonly string[];
    /** What differs from the data set's own publication, in words. */
    readonly findings: readonly string[];
  };
  readonly backbones: readonly UsedBackbone[];
  readonly variants: readonly Variant[];
  readonly seeds: readonly number[];
}

/** Everything that a benchmark has found out; tables are made of it alone. */
export interface BenchmarkResults extends Wanted {
  /** By class, backbone, variant and seed, in the order of the lists above. */
  readonly cells: readonly CellResult[];
  readonly failures: readonly CellFailure[];
}
