import fc from "fast-check";
import { expect, test } from "vitest";
import {
  Graph,
  gradients,
  reduceMax,
  reduceMean,
  reduceMin,
  reduceSum,
  type Tensor,
  type Value,
} from "../index.ts";
import { CLEARANCE, dims, SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { element, indices } from "../testing/reference.ts";
import { runGraph } from "../testing/run-graph.ts";
import { sumRows } from "./reduce.ts";

type Reduction = (x: Value, axes?: readonly number[], keepDims?: boolean) => Value;
const reductions: [string, Reduction, (values: number[]) => number][] = [
  ["reduceSum", reduceSum, (values) => values.reduce((a, b) => a + b, 0)],
  ["reduceMean", reduceMean, (values) => values.reduce((a, b) => a + b, 0) / values.length],
  ["reduceMax", reduceMax, (values) => Math.max(...values)],
  ["reduceMin", reduceMin, (values) => Math.min(...values)],
];

/** Groups the elements that share an index outside of `axes`. */
function reduced(x: Tensor, axes: readonly number[], combine: (values: number[]) => number): number[] {
  const groups = new Map<string, number[]>();
  for (const index of indices(x.dims)) {
    const key = index.filter((_, axis) => !axes.includes(axis)).join();
    groups.set(key, [...(groups.get(key) ?? []), element(x, index)]);
  }
  return [...groups.values()].map(combine);
}

/** Values no two of which come near each other. */
function distinct(shape: readonly number[], key: string): Tensor {
  const drawn = tensor(shape, key);
  const order = [...drawn.data.keys()].sort((i, j) => Number(drawn.data[i]) - Number(drawn.data[j]));
  const data = new Float32Array(order.length);
  order.forEach((at, rank) => {
    data[at] = (rank - order.length / 2) * CLEARANCE;
  });
  return { ...drawn, data };
}

test("values and gradients over any axes, with and without the dimensions of 1", async () => {
  const axesOf = (shape: number[]) =>
    fc.tuple(fc.constant(shape), fc.subarray(shape.map((_, axis) => axis)), fc.boolean());
  await fc.assert(
    fc.asyncProperty(
      dims({ rank: [1, 4], largest: 3 }).chain(axesOf),
      seed,
      async ([shape, axes, negative], seed) => {
        const x = distinct(shape, `${seed}`);
        const given = negative ? axes.map((axis) => axis - shape.length) : axes;
        await checkGradient(
          reductions.flatMap(([name, operator, combine]) =>
            [true, false].map((keepDims) => ({
              name: `${name} over [${given}] of [${shape}], keepDims ${keepDims}`,
              inputs: { x },
              operation: ({ x }: Record<string, Value>) => operator(x!, given, keepDims),
              forward: reduced(x, axes, combine),
            })),
          ),
        );
      },
    ),
    SESSIONS,
  );
});

test.each(reductions)(
  "%s reduces all axes if none are named, and leaves a scalar alone",
  async (name, operator, combine) => {
    const x = distinct([2, 3], name);
    await checkGradient([
      {
        name,
        inputs: { x },
        operation: ({ x }) => operator(x!, undefined, false),
        forward: reduced(x, [0, 1], combine),
      },
      { name, inputs: { x: tensor([], name) }, operation: ({ x }) => operator(x!) },
    ]);
  },
);

test.each(reductions)("%s knows its result's shape, symbolic dimensions too", (_name, operator) => {
  const x = new Graph().input("x", "float32", ["n", 3, 4]);
  expect(operator(x, [1]).shape).toEqual(["n", 1, 4]);
  expect(operator(x, [-1, 1], false).shape).toEqual(["n"]);
  expect(operator(x, [], false).shape).toEqual(["n", 3, 4]);
});

test.each(reductions)("%s refuses axes that are not there, or twice the same", (_name, operator) => {
  const x = new Graph().input("x", "float32", [2, 3]);
  const invalid = expect.objectContaining({ code: "RSAD_GRAPH_INVALID" });
  expect(() => operator(x, [2])).toThrow(invalid);
  expect(() => operator(x, [-3])).toThrow(invalid);
  expect(() => operator(x, [0.5])).toThrow(invalid);
  expect(() => operator(x, [1, -1])).toThrow(invalid);
});

test("equal maxima share the gradient", async () => {
  const x = { dtype: "float32", dims: [2, 3], data: Float32Array.of(1, 3, 3, 5, 5, 5) } as const;
  const { dx } = await runGraph(
    (graph) => {
      const value = graph.input("x", "float32", [2, 3]);
      return { dx: gradients(reduceSum(reduceMax(value, [1]), undefined, false), [value])[0]! };
    },
    { x },
  );
  [0, 0.5, 0.5, 1 / 3, 1 / 3, 1 / 3].forEach((share, i) => {
    expect(dx.data[i]).toBeCloseTo(share, 6);
  });
});

test("the mean's gradient needs static axes", () => {
  const x = new Graph().input("x", "float32", ["n", 2]);
  const mean = reduceMean(x, undefined, false);
  expect(() => gradients(mean, [x])).toThrow(expect.objectContaining({ code: "RSAD_GRAPH_INVALID" }));
});

test("the sum over rows and its gradient", async () => {
  const x = tensor([5, 3], "rows");
  const forward = reduced(x, [0], (values) => values.reduce((a, b) => a + b, 0));
  await checkGradient([{ name: "sumRows", inputs: { x }, operation: ({ x }) => sumRows(x!), forward }]);
});
