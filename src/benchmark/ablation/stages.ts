import type { TrainedRecipe } from "../../recipes/index.ts";
import type { Choice, Sweep } from "./sweep.ts";
import { values } from "./values.ts";

type Aligner = TrainedRecipe["aligner"];
type Mona = Extract<Aligner, { kind: "mona" }>;

/** The paper's Mona (section 4.3), where the recipe has none of its own. */
const PAPER_MONA: Mona = { kind: "mona", depth: 1, width: 64, dropout: 0.1 };

function monaOf({ aligner }: TrainedRecipe): Mona {
  return aligner.kind === "mona" ? aligner : PAPER_MONA;
}

/** The paper's table 5. */
export const aligner: Sweep<TrainedRecipe> = {
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

export const monaWidth: Sweep<TrainedRecipe> = {
  title: "width of Mona",
  choices: ({ base }) =>
    values([16, 32, 64, 128], monaOf(base).width).map((width) => ({
      id: `${width}`,
      label: `${width}`,
      recipe: { ...base, aligner: { ...monaOf(base), width } },
    })),
};

export const monaDepth: Sweep<TrainedRecipe> = {
  title: "Monas in series",
  choices: ({ base }) =>
    values([1, 2], monaOf(base).depth).map((depth) => ({
      id: `${depth}`,
      label: `${depth}`,
      recipe: { ...base, aligner: { ...monaOf(base), depth } },
    })),
};

export const discriminator: Sweep<TrainedRecipe> = {
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

export const loss: Sweep<TrainedRecipe> = {
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
