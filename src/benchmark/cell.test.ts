import { expect, test } from "vitest";
import { cellGrid, type Grid } from "../pixels/index.ts";
import { METHODS, recipe } from "../recipes/index.ts";
import { cellKey, featuresKey, type Ingredients } from "./cell.ts";

const moved: Grid = { ...cellGrid(4, 4), rows: { count: 4, first: 0.2, step: 0.25 } };

function ingredients(method: "hybrid" | "patchcore", grids?: readonly Grid[]): Ingredients {
  const used = { id: "net", name: "net", sha256: "0", taps: ["a"], parameters: 1 };
  const variant = { id: method, label: method, recipe: recipe(METHODS[method]), notes: [] };
  return { data: "d", backbone: { used, spec: { kind: "embedded" }, grids }, variant, seed: 0, threads: 1 };
}

test("where a network looks is part of what the default method's measures depend on, and of no other's", () => {
  expect(cellKey(ingredients("hybrid", [moved]))).not.toBe(cellKey(ingredients("hybrid")));
  expect(cellKey(ingredients("patchcore", [moved]))).toBe(cellKey(ingredients("patchcore")));
  expect(featuresKey(ingredients("hybrid", [moved]))).toBe(featuresKey(ingredients("hybrid")));
});
