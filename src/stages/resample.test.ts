import { expect, test } from "vitest";
import { float32, Graph } from "../graph/index.ts";
import type { Axis, Grid } from "../pixels/index.ts";
import { resampleAt } from "./resample.ts";
import { runOnce } from "./testing/golden.ts";

const axis = (count: number, first: number, step: number): Axis => ({ count, first, step });
const places = ({ count, first, step }: Axis) => Array.from({ length: count }, (_, i) => first + i * step);

test("what rises evenly over the image does so between the points of any grid, and stays level beyond them", async () => {
  const from: Grid = { rows: axis(4, 0.1, 0.25), columns: axis(3, 0.2, 0.3) };
  const to: Grid = { rows: axis(5, 0.15, 0.15), columns: axis(4, 0.1, 0.25) };
  // Two images of two channels, of which each is a slope of its own.
  const slopes = [
    [1, 0, 0],
    [0, 1, 0],
    [2, -3, 5],
    [0, 0, 7],
  ] as const;
  const sample = ({ rows, columns }: Grid, at: (place: number, axis: "rows" | "columns") => number) =>
    slopes.flatMap(([down, across, level]) =>
      places(rows).flatMap((y) =>
        places(columns).map((x) => down * at(y, "rows") + across * at(x, "columns") + level),
      ),
    );
  const within = (place: number, name: "rows" | "columns") => {
    const known = places(from[name]);
    return Math.min(Math.max(place, known[0]!), known.at(-1)!);
  };
  const graph = new Graph();
  const map = graph.input("map", "float32", [2, 2, 4, 3]);
  graph.output("moved", resampleAt(map, from, to));
  const { moved } = await runOnce(graph, {
    map: float32(
      sample(from, (place) => place),
      [2, 2, 4, 3],
    ),
  });
  expect(moved!.dims).toEqual([2, 2, 5, 4]);
  for (const [i, value] of sample(to, within).entries()) expect(moved!.data[i]).toBeCloseTo(value, 5);
});
