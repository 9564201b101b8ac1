import { expect, test } from "vitest";
import { cast, Graph, gradients, mul, reduceSum } from "../index.ts";
import { tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { runGraph } from "../testing/run-graph.ts";

test("converts between element types", async () => {
  const x = { dtype: "float32", dims: [4], data: Float32Array.of(-1.7, 0, 1.2, 200.6) } as const;
  const result = await runGraph(
    (graph) => {
      const value = graph.input("x", "float32", [4]);
      return {
        int32: cast(value, "int32"),
        int64: cast(value, "int64"),
        bool: cast(value, "bool"),
        half: cast(cast(value, "float16"), "float32"),
      };
    },
    { x },
  );
  expect(result.int32.data).toEqual([-1, 0, 1, 200]);
  expect(result.int64.data).toEqual([-1, 0, 1, 200]);
  expect(result.bool.data).toEqual([1, 0, 1, 1]);
  expect(result.half.data.map((value, i) => Math.abs(value - x.data[i]!) < 0.07)).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

test("a gradient passes through half precision, rounded as the values are", async () => {
  await checkGradient([
    {
      name: "there and back",
      inputs: { x: tensor([3, 4], "cast") },
      operation: ({ x }) => mul(cast(cast(x!, "float16"), "float32"), 2),
      tolerance: 0.05,
    },
  ]);
});

test("a gradient stops at integers, and a cast to the same type is no node", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [2]);
  expect(cast(x, "float32")).toBe(x);
  const rounded = cast(cast(x, "int32"), "float32");
  expect(() => gradients(reduceSum(rounded, undefined, false), [x])).toThrow(/a path to the loss/);
});
