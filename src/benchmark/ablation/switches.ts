import { recipe, type TrainedRecipe } from "../../recipes/index.ts";
import { REFERENCE_DEVIATION } from "../../training/index.ts";
import { canonical } from "../sha256.ts";
import type { Sweep } from "./sweep.ts";

interface Switch {
  readonly id: string;
  readonly label: string;
  /** `base` with what the switch stands for taken from `other`. */
  set(base: TrainedRecipe, other: TrainedRecipe): TrainedRecipe;
}

/** A switch of whole fields. */
function fields(id: string, label: string, ...names: readonly (keyof TrainedRecipe)[]): Switch {
  return {
    id,
    label,
    set: (base, other) => ({ ...base, ...Object.fromEntries(names.map((name) => [name, other[name]])) }),
  };
}

/**
 * What two recipes can differ in, put together where one thing makes no sense without the other. The noise's deviation is in the
 * unit of the scaling, so that setting one as it stands would change the other: `scaling` keeps how strong the noise is relative
 * to the features, and `noise` sets that.
 */
const SWITCHES: readonly Switch[] = [
  fields("preprocessing", "Preprocessing", "preprocessing"),
  fields("aggregation", "Aggregation", "aggregation"),
  {
    id: "scaling",
    label: "Scaling",
    set: (base, other) => ({
      ...base,
      scaling: other.scaling,
      noise: { ...base.noise, deviation: inUnitOf(other, relativeNoise(base)) },
    }),
  },
  {
    id: "noise",
    label: "Noise",
    set: (base, other) => ({
      ...base,
      noise: { ...other.noise, deviation: inUnitOf(base, relativeNoise(other)) },
    }),
  },
  fields("aligner", "Aligner", "aligner"),
  fields("discriminator", "Discriminator", "discriminator"),
  fields("loss", "Loss", "loss"),
  fields("optimizer", "Optimizer", "optimizer"),
  fields("length", "Length of training", "length"),
  fields("batch", "Images a step", "batch"),
  fields("patches", "Patches looked at", "patches"),
  fields("score", "Score", "score"),
  fields("holdout", "Holdout", "holdout"),
];

/** The recipe as it stands, then every switch in which the one of the name `other` differs, set as that has it, one at a time. */
export function switchesTo(other: "noise" | "paper"): Sweep<TrainedRecipe> {
  return {
    title: "switches",
    choices: ({ base, steps }) => {
      const target = recipe(other, steps === undefined ? {} : { length: { steps } });
      return [
        { id: "none", label: "As it stands", recipe: base },
        ...SWITCHES.map(({ id, label, set }) => ({
          id,
          label: `${label} of ${other}`,
          recipe: set(base, target),
        })).filter(({ recipe }) => canonical(recipe) !== canonical(base)),
      ];
    },
  };
}

function relativeNoise({ scaling, noise }: TrainedRecipe): number {
  return noise.deviation / unitOf(scaling);
}

function inUnitOf({ scaling }: TrainedRecipe, relative: number): number {
  return Number((relative * unitOf(scaling)).toPrecision(6));
}

/** What the deviation of the features is, as far as a recipe can know it, once they are scaled. */
function unitOf(scaling: TrainedRecipe["scaling"]): number {
  return scaling === "global" || scaling === "channel" ? 1 : REFERENCE_DEVIATION;
}
