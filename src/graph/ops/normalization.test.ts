import fc from "fast-check";
import { expect, test } from "vitest";
import { add, batchNorm, Graph, layerNorm, type Tensor } from "../index.ts";
import { dims, SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { runGraph } from "../testing/run-graph.ts";

const invalid = expect.objectContaining({ code: "RSAD_GRAPH_INVALID" });
/** Normalising differentiates a quotient: a step of fixed size is a large one where the values lie close together. */
const tolerance = 3e-3;

/** Values apart enough for a deviation to be well-conditioned: a ramp, shuffled by noise. */
function spread(shape: readonly number[], key: string): Tensor {
  const noise = tensor(shape, key, { low: -0.4, high: 0.4 });
  return { ...noise, data: (noise.data as Float32Array).map((x, i) => x + ((i * 7) % 5) - 1) };
}

test("layerNorm: gradients on any number of leading axes", async () => {
  const widths = fc.integer({ min: 3, max: 9 });
  await fc.assert(
    fc.asyncProperty(dims({ rank: [0, 3], largest: 3 }), widths, seed, async (lead, width, seed) => {
      await checkGradient([
        {
          name: `layerNorm of [${lead},${width}]`,
          inputs: {
            x: spread([...lead, width], `x ${seed}`),
            weight: tensor([width], `weight ${seed}`),
            bias: tensor([width], `bias ${seed}`),
          },
          operation: ({ x, weight, bias }) => layerNorm(x!, weight!, bias!),
          tolerance,
        },
      ]);
    }),
    SESSIONS,
  );
});

test("batchNorm: gradients through the batch's statistics", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 3, max: 9 }),
      fc.integer({ min: 1, max: 6 }),
      seed,
      async (n, c, seed) => {
        // The deviations are taken down the columns: spread the transposed ramp.
        const ramp = spread([c, n], `x ${seed}`).data as Float32Array;
        const x = {
          dtype: "float32",
          dims: [n, c],
          data: ramp.map((_, i) => ramp[(i % c) * n + Math.floor(i / c)]!),
        };
        await checkGradient([
          {
            name: `batchNorm of [${n},${c}]`,
            inputs: {
              x: x as Tensor,
              weight: tensor([1, c], `w ${seed}`),
              bias: tensor([1, c], `b ${seed}`),
            },
            operation: ({ x, weight, bias }) => batchNorm(x!, weight!, bias!).y,
            tolerance,
          },
        ]);
      },
    ),
    SESSIONS,
  );
});

test("batchNorm gives the mean and the unbiased variance for the running statistics", async () => {
  const data = Float32Array.of(1, 10, 2, 20, 6, 60);
  const result = await runGraph(
    (graph) => {
      const x = graph.input("x", "float32", [3, 2]);
      const ones = graph.constant({ dtype: "float32", dims: [1, 2], data: Float32Array.of(1, 1) });
      const { y, mean, variance } = batchNorm(x, ones, graph.input("bias", "float32", [1, 2]), 0);
      return { y, mean, variance };
    },
    {
      x: { dtype: "float32", dims: [3, 2], data },
      bias: { dtype: "float32", dims: [1, 2], data: Float32Array.of(0, 5) },
    },
  );
  expect(result.mean).toMatchObject({ dims: [1, 2], data: [3, 30] });
  expect(result.variance).toMatchObject({ dims: [1, 2], data: [7, 700] });
  const deviation = Math.sqrt(14 / 3);
  [-2, -1, 3].forEach((centred, row) => {
    expect(result.y.data[2 * row]).toBeCloseTo(centred / deviation, 5);
    expect(result.y.data[2 * row + 1]).toBeCloseTo(centred / deviation + 5, 5);
  });
});

test("a value used beside its own normalisation gets both gradients", async () => {
  await checkGradient([
    {
      name: "residual",
      inputs: {
        x: spread([4, 5], "residual"),
        weight: tensor([5], "weight"),
        bias: tensor([5], "bias"),
        scale: tensor([1, 5], "scale"),
        shift: tensor([1, 5], "shift"),
      },
      operation: ({ x, weight, bias, scale, shift }) =>
        add(add(layerNorm(x!, weight!, bias!), x!), batchNorm(x!, scale!, shift!).y),
      tolerance,
    },
  ]);
});

test("refuses parameters of another shape, and a batch of one", () => {
  const graph = new Graph();
  const input = (name: string, ...shape: number[]) => graph.input(name, "float32", shape);
  const [x, vector, row] = [input("x", 4, 3), input("vector", 3), input("row", 1, 3)];
  expect(() => layerNorm(x, row, vector)).toThrow(invalid);
  expect(() => layerNorm(x, vector, input("short", 2))).toThrow(invalid);
  expect(() => layerNorm(graph.scalar(1), vector, vector)).toThrow(invalid);
  expect(() => batchNorm(x, vector, row)).toThrow(invalid);
  expect(() => batchNorm(x, row, input("wide", 1, 4))).toThrow(invalid);
  expect(() => batchNorm(input("one", 1, 3), row, row)).toThrow(invalid);
  expect(() => batchNorm(graph.input("n", "float32", ["n", 3]), row, row)).toThrow(invalid);
});
