import type { StepGraph } from "./step-graph.ts";
import type { Variable } from "./training-context.ts";

/** Trained values by stage. */
export interface ParameterCounts {
  readonly aligner: number;
  readonly discriminator: number;
}

/** Counts what a step of training changes by its gradient: neither running statistics nor the optimizer's state. */
export function parameterCounts({ variables }: Pick<StepGraph, "variables">): ParameterCounts {
  const trained = variables.filter(({ name }) => !/^(first|second)\/|\.norm\.(mean|variance)$/.test(name));
  const count = (stage: string) =>
    trained.filter(({ name }) => name.startsWith(`${stage}.`)).reduce((sum, { dims }) => sum + size(dims), 0);
  return { aligner: count("aligner"), discriminator: count("discriminator") };
}

function size(dims: Variable["dims"]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}
