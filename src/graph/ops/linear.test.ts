import fc from "fast-check";
import { expect, test } from "vitest";
import { Graph, linear } from "../index.ts";
import { SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { element, indices } from "../testing/reference.ts";

test("values and gradients", async () => {
  const size = fc.integer({ min: 1, max: 7 });
  await fc.assert(
    fc.asyncProperty(size, size, size, seed, async (rows, inputs, outputs, seed) => {
      const x = tensor([rows, inputs], `x ${seed}`);
      const weight = tensor([outputs, inputs], `weight ${seed}`);
      const bias = tensor([outputs], `bias ${seed}`);
      const value = ([i, j]: number[]) =>
        Array.from({ length: inputs }, (_, t) => element(x, [i!, t]) * element(weight, [j!, t])).reduce(
          (a, b) => a + b,
          element(bias, [j!]),
        );
      await checkGradient([
        {
          name: `linear of [${x.dims}] with [${weight.dims}]`,
          inputs: { x, weight, bias },
          operation: ({ x, weight, bias }) => linear(x!, weight!, bias!),
          forward: Array.from(indices([rows, outputs]), value),
        },
      ]);
    }),
    SESSIONS,
  );
});

test("keeps a symbolic number of rows", () => {
  const graph = new Graph();
  const input = (name: string, shape: (number | string)[]) => graph.input(name, "float32", shape);
  expect(linear(input("x", ["n", 3]), input("w", [2, 3]), input("b", [2])).shape).toEqual(["n", 2]);
});

test.each([
  [[2, 4], [5, 3], [5]],
  [[2, 3], [5, 3], [3]],
  [
    [2, 3],
    [5, 3],
    [1, 5],
  ],
  [[1, 2, 3], [5, 3], [5]],
  [[2, 3], [3], [3]],
])("refuses x [%s], weight [%s], bias [%s]", (...shapes) => {
  const graph = new Graph();
  const [x, weight, bias] = shapes.map((shape, i) => graph.input(`v${i}`, "float32", shape));
  expect(() => linear(x!, weight!, bias!)).toThrow(expect.objectContaining({ code: "RSAD_GRAPH_INVALID" }));
});
