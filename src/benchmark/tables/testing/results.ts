import { type Recipe, recipe } from "../../../recipes/index.ts";
import {
  type BenchmarkResults,
  type CellResult,
  type Measures,
  RESULTS_FORMAT,
  type UsedBackbone,
  type Variant,
} from "../../results.ts";

export const BACKBONE: UsedBackbone = {
  id: "tiny",
  name: "tiny",
  sha256: "0123456789abcdef".repeat(4),
  taps: ["a", "b"],
  parameters: 200_000,
};

export function variant(id: string, rest: Partial<Variant> = {}): Variant {
  return { id, label: id, recipe: recipe("default"), notes: [], ...rest };
}

/** What a cell of these tests is of; the rest is the same for all. */
export interface Made {
  readonly class: string;
  readonly variant: string;
  readonly seed?: number;
  readonly backbone?: UsedBackbone;
  readonly recipe?: Recipe;
  readonly measures: Measures;
  readonly oracle?: CellResult["oracle"];
  readonly parameters?: Record<string, number>;
  readonly trained?: number;
}

export function cell(made: Made): CellResult {
  const { seed = 1, backbone = BACKBONE, trained = 20, parameters = {}, ...rest } = made;
  return {
    format: RESULTS_FORMAT,
    key: "key",
    suite: "custom",
    recipe: recipe("default"),
    counts: { train: 20, trained, testGood: 5, testDefect: 7 },
    types: [],
    facts: {},
    steps: 400,
    modelBytes: 2_000_000,
    seconds: { features: 1, training: 12.34, evaluation: 5, inspection: 0.0123 },
    peakBytes: 300e6,
    environment: {
      rsad: "1.2.3",
      node: "v22",
      onnxruntime: "1.30.0",
      platform: "linux",
      arch: "x64",
      threads: 2,
    },
    ...rest,
    seed,
    backbone,
    parameters,
  };
}

export function results(
  cells: readonly CellResult[],
  rest: Partial<Omit<BenchmarkResults, "suite">> & {
    readonly suite?: Partial<BenchmarkResults["suite"]>;
  } = {},
): BenchmarkResults {
  const classes = [...new Set(cells.map((cell) => cell.class))];
  return {
    format: RESULTS_FORMAT,
    backbones: [BACKBONE],
    variants: [...new Set(cells.map((cell) => cell.variant))].map((id) => variant(id)),
    seeds: [...new Set(cells.map((cell) => cell.seed))],
    failures: [],
    ...rest,
    cells,
    suite: { id: "custom", title: "Parts", classes, findings: [], ...rest.suite },
  };
}
