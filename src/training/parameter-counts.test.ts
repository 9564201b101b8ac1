import { expect, test } from "vitest";
import { cellGrid } from "../pixels/index.ts";
import { recipe } from "../recipes/index.ts";
import { parameterCounts } from "./parameter-counts.ts";
import { stepGraph } from "./step-graph.ts";

/** The taps of WideResNet50-2 and of ResNet-50, 1536 channels, at a size that takes no time. */
const LEVELS = [
  { channels: 512, height: 4, width: 4, grid: cellGrid(4, 4) },
  { channels: 1024, height: 2, width: 2, grid: cellGrid(2, 2) },
];

const counts = (overrides: Readonly<Record<string, unknown>>) => {
  const changed = recipe("paper", { batch: 1, ...overrides });
  return parameterCounts(stepGraph({ levels: LEVELS, precision: "float32", recipe: changed }));
};

const mona = (depth: number, width: number) => ({ aligner: { kind: "mona", depth, width, dropout: 0.1 } });

/** Vectors of Mona's normalisation and scales, and what its projections and convolutions take; see docs/method.md. */
const byHand = (width: number) => 4 * 1536 + (2 * 1536 + 1) * width + 1536 + 86 * width + width ** 2 + width;

test.each([
  ["one Mona", mona(1, 64), 214_016],
  ["two Monas", mona(2, 64), 428_032],
  ["a narrow Mona", mona(1, 16), byHand(16)],
  ["a wide Mona", mona(1, 128), byHand(128)],
  ["a linear map without bias, as in the paper's table 5", { aligner: { kind: "linear" } }, 2_359_296],
  ["a linear map with bias", { aligner: { kind: "linear", bias: true } }, 2_360_832],
  ["none", { aligner: { kind: "none" } }, 0],
])("aligner: %s", (_, overrides, expected) => {
  expect(counts(overrides).aligner).toBe(expected);
});

test.each([
  ["two layers, SimpleNet's", [1024], 1536 * 1024 + 2 * 1024 + 1024],
  ["three layers, the paper's", [1024, 512], 1536 * 1024 + 2 * 1024 + 1024 * 512 + 2 * 512 + 512],
])("discriminator: %s", (_, hidden, expected) => {
  expect(counts({ "discriminator.hidden": hidden }).discriminator).toBe(expected);
});
