import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  averagePool,
  batchNorm,
  conv2d,
  encodeModel,
  erf,
  float32,
  Graph,
  gelu,
  gradients,
  layerNorm,
  linear,
  matmul,
  mul,
  nodeRuntime,
  reduceSum,
  reshape,
  resizeBilinear,
  softmax,
  softplus,
  type Value,
} from "./index.ts";

interface Numbers {
  readonly dims: number[];
  readonly data: number[];
}
interface Golden {
  readonly inputs: Readonly<Record<string, Numbers>>;
  readonly output: Numbers;
  readonly weights: Numbers;
  readonly gradients: Readonly<Record<string, Numbers>>;
}

const { how, ...golden }: { how: string } & Record<string, Golden> = JSON.parse(
  readFileSync(new URL("graph.golden.json", import.meta.url), "utf8"),
);

type Inputs = Readonly<Record<string, Value>>;
const row = (value: Value) => reshape(value, [1, value.shape[0]!]);
const depthwise =
  (size: number) =>
  ({ x, weight, bias }: Inputs) =>
    conv2d(x!, weight!, bias!, { padding: (size - 1) / 2, groups: 3 });

const operations: Record<string, (inputs: Inputs) => Value> = {
  gelu: ({ input }) => gelu(input!),
  erf: ({ input }) => erf(input!),
  softplus: ({ input }) => softplus(input!),
  layerNorm: ({ x, weight, bias }) => layerNorm(x!, weight!, bias!),
  batchNorm: ({ x, weight, bias }) => batchNorm(x!, row(weight!), row(bias!)).y,
  depthwise3: depthwise(3),
  depthwise5: depthwise(5),
  depthwise7: depthwise(7),
  conv: ({ x, weight, bias }) =>
    conv2d(x!, weight!, bias!, { stride: 2, padding: 1, dilation: 2, groups: 2 }),
  resizeUp: ({ x }) => resizeBilinear(x!, [5, 7]),
  resizeDown: ({ x }) => resizeBilinear(x!, [2, 3]),
  averagePool: ({ x }) => averagePool(x!, 3),
  softmax: ({ x }) => softmax(x!),
  matmul: ({ input, other }) => matmul(input!, other!),
  linear: ({ input, weight, bias }) => linear(input!, weight!, bias!),
};

describe(`values and gradients of PyTorch (${how})`, () => {
  test("every golden operator is held", () => {
    expect(Object.keys(operations)).toEqual(Object.keys(golden));
  });

  test.each(Object.entries(operations))("%s", async (name, operation) => {
    const { inputs, output, weights, gradients: expected } = golden[name]!;
    const graph = new Graph();
    const values = Object.fromEntries(
      Object.entries(inputs).map(([key, { dims }]) => [key, graph.input(key, "float32", dims)]),
    );
    const y = operation(values);
    const loss = reduceSum(mul(y, graph.constant(float32(weights.data, weights.dims))), undefined, false);
    graph.output("y", y);
    const found = gradients(loss, Object.values(values));
    Object.keys(values).forEach((key, i) => {
      graph.output(`d ${key}`, found[i]!);
    });
    const session = await nodeRuntime({ threads: 1 }).open(encodeModel(graph));
    const results = await session.run(
      Object.fromEntries(Object.entries(inputs).map(([key, { dims, data }]) => [key, float32(data, dims)])),
    );
    await session.close();
    expectClose(results.y!.data as Float32Array, output);
    for (const [key, gradient] of Object.entries(expected)) {
      expectClose(results[`d ${key}`]!.data as Float32Array, gradient);
    }
  });
});

/** Float32 arithmetic against float64: a few millionths of the largest value. */
function expectClose(actual: Float32Array, expected: Numbers): void {
  const allowed = 4e-6 * Math.max(...expected.data.map(Math.abs), 1);
  const errors = expected.data.map((value, i) => Math.abs(value - actual[i]!));
  expect(actual).toHaveLength(expected.data.length);
  expect(Math.max(...errors)).toBeLessThan(allowed);
}
