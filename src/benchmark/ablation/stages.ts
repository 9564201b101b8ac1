import type { TrainedRecipe } from "../../recipes/index.ts";
import type { Choice, Sweep } from "./sweep.ts";

type Aligner = TrainedRecipe["aligner"];
type Mona = Extract<Aligner, { kind: "mona" }>;

/** The paper's Mona (section 4.3), where the recipe has none of its own. */
const PAPER_MONA: Mona = { kind: "mona", depth: 1, width: 64, dropout: 0.1 };

function monaOf({ aligner }: TrainedRecipe): Mona {
  return aligner.kind === "mona" ? aligner : PAPER_MONA;
}

/** The paper's table 5. */
export const aligner: Sweep = {
  title: "aligner",
  choices: ({ base }) => {
    const choice = (label: string, option: Aligner): Choice => ({
      id: option.kind,
      label,
      recipe: { ...base, aligner: option },
    });
    const linear: Aligner = base.aligner.kind === "linear" ? base.aligner : { kind: "linear", bias: false };
    return [choice("No aligner", { kind: "none" }), choice("Linear", linear), choice("Mona", monaOf(base))];
  },
};

export const monaWidth: Sweep = {
  title: "width of Mona",
  choices: ({ base }) =>
    values([16, 32, 64, 128], monaOf(base).width).map((width) => ({
      id: `${width}`,
      label: `${width}`,
      recipe: { ...base, aligner: { ...monaOf(base), width } },
    })),
};

export const monaDepth: Sweep = {
  title: "Monas in series",
  choices: ({ base }) =>
    values([1, 2], monaOf(base).depth).map((depth) => ({
      id: `${depth}`,
      label: `${depth}`,
      recipe: { ...base, aligner: { ...monaOf(base), depth } },
    })),
};

export const neighbourhood: Sweep = {
  title: "neighbourhood",
  choices: ({ base }) => {
    const own = base.aggregation.kind === "average" ? base.aggregation.neighbourhood : 3;
    return values([1, 3, 5, 7], own).map((size) => ({
      id: `${size}`,
      label: `${size} x ${size}`,
      recipe: { ...base, aggregation: { kind: "average", neighbourhood: size } },
    }));
  },
};

const FACTORS = [1 / 3, 1 / 2, 1, 2, 3];

export const sigma: Sweep = {
  title: "deviation of the noise",
  choices: ({ base }) =>
    FACTORS.map((factor) => {
      const deviation = Number((factor * base.noise.deviation).toPrecision(3));
      return {
        id: `${deviation}`,
        label: `${deviation}`,
        recipe: { ...base, noise: { ...base.noise, deviation } },
      };
    }),
};

export const discriminator: Sweep = {
  title: "layers of the discriminator",
  choices: ({ base }) => {
    const [first, second = first! / 2] = base.discriminator.hidden;
    const choice = (id: string, hidden: number[]): Choice => ({
      id,
      label: `${id} (${hidden.join(", ")})`,
      recipe: { ...base, discriminator: { hidden } },
    });
    return [choice("two", [first!]), choice("three", [first!, Math.ceil(second)])];
  },
};

export const loss: Sweep = {
  title: "terms of the loss",
  choices: ({ base }) => {
    const [truncatedL1, focal] = [base.loss.truncatedL1 || 1, base.loss.focal || 1];
    const choice = (id: string, label: string, weights: Partial<TrainedRecipe["loss"]>): Choice => ({
      id,
      label,
      recipe: { ...base, loss: { ...base.loss, truncatedL1, focal, ...weights } },
    });
    return [
      choice("truncated-l1", "Truncated L1 alone", { focal: 0 }),
      choice("focal", "Focal alone", { truncatedL1: 0 }),
      choice("both", "Both", {}),
    ];
  },
};

/** The usual values and the recipe's own, ascending. */
function values(usual: readonly number[], own: number): number[] {
  return [...new Set([...usual, own])].sort((a, b) => a - b);
}
