import { z } from "zod";
import { RsadError } from "../errors.ts";
import { SCALINGS } from "./scaling.ts";

const count = z.int().positive();
const share = z.number().min(0).max(1);

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

const aligner = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("mona"), depth: count, width: count, dropout: share.lt(1) }),
  z.strictObject({ kind: z.literal("linear") }),
  z.strictObject({ kind: z.literal("none") }),
]);

/**
 * Where the fuser puts its noise. `all`: on every patch, as in the paper. `perlin`: on the patches under a thresholded
 * Perlin mask, and on none in an `empty` share of the images, as in SuperSimpleNet.
 */
const noise = z.strictObject({
  /** Standard deviation: of the features as they are, or in units of the features' own; see `scaling`. */
  deviation: z.number().positive(),
  mask: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("all") }),
    z.strictObject({ kind: z.literal("perlin"), threshold: share, empty: share }),
  ]),
});

/** Every setting of a training run that is not data, backbone or seed. Plain data, kept whole in the model's metadata. */
export const recipeSchema = z.strictObject({
  name: z.string(),
  preprocessing,
  aggregation,
  /** How features are scaled by what was measured on the training images; see {@link SCALINGS}. */
  scaling: z.enum(SCALINGS),
  aligner,
  noise,
  discriminator: z.strictObject({ hidden: z.array(count).min(1) }),
  loss: z.strictObject({
    margin: z.number().positive(),
    /** Weight of the image-level focal term; 0 leaves it out. */
    focal: z.number().min(0),
    gamma: count,
  }),
  optimizer: z.strictObject({
    alignerRate: z.number().positive(),
    discriminatorRate: z.number().positive(),
    weightDecay: z.number().min(0),
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
  score: z.strictObject({
    /** `patch`: the worst patch's logit. `map`: the maximum of the smoothed map. */
    image: z.enum(["patch", "map"]),
    /** Deviation of the Gaussian that smooths the map, in pixels of the network's input. */
    smoothing: z.number().min(0),
  }),
  /** Share of the good images kept out of training to set the thresholds; 0 sets none. */
  holdout: share.lt(1),
});

export type Recipe = z.infer<typeof recipeSchema>;

/** Section 4.3 of the paper, with the readings of docs/method.md where it is silent. */
const paper: Recipe = {
  name: "paper",
  preprocessing: { fit: "crop", size: 224, resize: 256 },
  aggregation: { kind: "average", neighbourhood: 3 },
  scaling: "reference",
  aligner: { kind: "mona", depth: 1, width: 64, dropout: 0.1 },
  noise: { deviation: 0.015, mask: { kind: "all" } },
  discriminator: { hidden: [1024, 512] },
  loss: { margin: 0.5, focal: 1, gamma: 4 },
  optimizer: {
    alignerRate: 1e-4,
    discriminatorRate: 2e-4,
    weightDecay: 1e-5,
    decayAt: [],
    decayFactor: 1,
  },
  length: { epochs: 160 },
  batch: 4,
  patches: "all",
  score: { image: "patch", smoothing: 4 },
  holdout: 0,
};

/** Global settings for an unknown part: the whole frame, noise in units of the measured features, minutes on a CPU. */
const standard: Recipe = {
  ...paper,
  name: "default",
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

export const RECIPES = { default: standard, paper } as const;
export type RecipeName = keyof typeof RECIPES;

/**
 * A recipe by name, with fields replaced: `recipe("default", { "noise.deviation": 0.2 })`. Keys are paths; a value
 * replaces what stood there. Throws RSAD_ARGUMENT_INVALID for an unknown name or field or a value out of range.
 */
export function recipe(name: string, overrides: Readonly<Record<string, unknown>> = {}): Recipe {
  if (!Object.hasOwn(RECIPES, name)) {
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject: "recipe",
      expected: Object.keys(RECIPES).join(" or "),
      received: name,
      hint: "Start from one of these and change single fields.",
    });
  }
  const draft = structuredClone(RECIPES[name as RecipeName]) as Record<string, unknown>;
  for (const [path, value] of Object.entries(overrides)) replace(draft, path, value);
  return checkRecipe(draft);
}

/** Validates plain data as a recipe. Throws RSAD_ARGUMENT_INVALID naming the field. */
export function checkRecipe(data: unknown): Recipe {
  const result = recipeSchema.safeParse(data);
  if (result.success) return result.data;
  const { path, message } = innermost(result.error.issues[0]!, data);
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: `recipe field ${path.join(".") || "(whole)"}`,
    expected: "a value that the recipe accepts",
    received: `${JSON.stringify(valueAt(data, path))} (${message})`,
    hint: "docs/method.md lists the fields of a recipe and what each accepts.",
  });
}

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Of a value that fits no form of a union: what is wrong with a part that is there, in the form that has it. */
function innermost(issue: z.core.$ZodIssue, data: unknown): Fault {
  if (issue.code !== "invalid_union") return issue;
  for (const inner of issue.errors.flat()) {
    const path = [...issue.path, ...inner.path];
    if (inner.path.length > 0 && valueAt(data, path) !== undefined)
      return innermost({ ...inner, path }, data);
  }
  return issue;
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], data);
}

function replace(target: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split(".");
  let at = target;
  for (const key of keys.slice(0, -1)) {
    const next = Object.hasOwn(at, key) ? at[key] : undefined;
    if (typeof next !== "object" || next === null) throw unknownField(path, at);
    at = next as Record<string, unknown>;
  }
  if (!Object.hasOwn(target, keys[0]!)) throw unknownField(path, target);
  at[keys.at(-1)!] = value;
}

function unknownField(path: string, siblings: Readonly<Record<string, unknown>>): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "the recipe",
    expected: `one of the fields ${Object.keys(siblings).join(", ")}`,
    received: path,
    hint: "docs/method.md lists the fields of a recipe and what each accepts.",
  });
}
