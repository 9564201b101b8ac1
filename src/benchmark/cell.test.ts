import { expect, test } from "vitest";
import { cellGrid, type Grid } from "../pixels/index.ts";
import { recipe } from "../recipes/index.ts";
import { cellKey, featuresKey, type Ingredients } from "./cell.ts";

function ingredients(grids?: readonly Grid[]): Ingredients {
  const used = { id: "net", name: "net", sha256: "0", taps: ["a"], parameters: 1 };
  const variant = { id: "default", label: "default", recipe: recipe("default"), notes: [] };
  return { data: "d", backbone: { used, spec: { kind: "embedded" }, grids }, variant, seed: 0, threads: 1 };
}

test("where a network looks is part of what measures depend on, but not its features", () => {
  const moved: Grid = { ...cellGrid(4, 4), rows: { count: 4, first: 0.2, step: 0.25 } };
  expect(cellKey(ingredients([moved]))).not.toBe(cellKey(ingredients()));
  expect(featuresKey(ingredients([moved]))).toBe(featuresKey(ingredients()));
});
