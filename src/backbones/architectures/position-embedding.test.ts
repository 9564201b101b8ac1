import fc from "fast-check";
import { expect, test } from "vitest";
import { Float, float32, transpose } from "../../graph/index.ts";
import { runGraph } from "../../graph/testing/run-graph.ts";
import { drawn } from "../testing/seeded-weights.ts";
import { resamplePositions } from "./position-embedding.ts";

/** The runtime's own cubic resize. */
async function resize(
  positions: Float32Array,
  side: number,
  [height, width]: readonly [number, number],
): Promise<number[]> {
  const channels = positions.length / side ** 2;
  const { y } = await runGraph((graph) => {
    const x = transpose(graph.constant(float32(positions, [1, side, side, channels])), [0, 3, 1, 2]);
    const resized = graph.apply({
      operator: "Resize",
      inputs: [x, undefined, undefined, graph.integers([height, width])],
      attributes: {
        mode: "cubic",
        axes: [2, 3],
        antialias: 1,
        cubic_coeff_a: new Float(-0.5),
        exclude_outside: 1,
        coordinate_transformation_mode: "half_pixel",
      },
      output: { dtype: "float32", shape: [1, channels, height, width] },
    });
    return { y: transpose(resized, [0, 2, 3, 1]) };
  });
  return y.data;
}

test("resamples to any grid as an antialiased cubic resize does", async () => {
  const size = fc.integer({ min: 1, max: 12 });
  await fc.assert(
    fc.asyncProperty(size, size, size, async (side, height, width) => {
      const positions = drawn(`${side}`, [side, side, 3], -2, 2);
      const expected = await resize(positions, side, [height, width]);
      const found = resamplePositions(positions, side, [height, width]);
      expect(found).toHaveLength(expected.length);
      for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 5);
    }),
    { numRuns: 12 },
  );
});

test("leaves the grid of the file as it is", () => {
  const positions = drawn("own", [4, 4, 2], -2, 2);
  expect(resamplePositions(positions, 4, [4, 4])).toBe(positions);
});

test("keeps an even grid even", () => {
  const even = resamplePositions(new Float32Array(37 * 37 * 2).fill(0.3), 37, [12, 50]);
  expect(even).toEqual(new Float32Array(12 * 50 * 2).fill(0.3));
});
