import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { float32, Graph, gradients } from "../graph/index.ts";
import { crossEntropy } from "./loss.ts";
import { runOnce } from "./testing/golden.ts";

/** The loss and its slope by each score. */
async function run(scores: number[], normal: number[], defect: number[]) {
  const graph = new Graph();
  const dims = [scores.length, 1];
  const s = graph.input("s", "float32", dims);
  const column = (values: number[]) => graph.constant(float32(values, dims));
  const loss = crossEntropy(s, column(normal), column(defect));
  graph.output("loss", loss);
  graph.output("slope", gradients(loss, [s])[0]!);
  const results = await runOnce(graph, { s: float32(scores, dims) });
  expect(results.loss!.dims).toEqual([]);
  return { loss: Number(results.loss!.data[0]), slope: Array.from(results.slope!.data as Float32Array) };
}

const probability = (score: number) => 1 / (1 + Math.exp(-score));

describe("cross-entropy", () => {
  const element = fc.record({
    score: fc.integer({ min: -800, max: 800 }).map((value) => value / 100),
    normal: fc.integer({ min: 0, max: 8 }).map((value) => value / 8),
    defect: fc.integer({ min: 0, max: 8 }).map((value) => value / 8),
  });

  test("is -log(1 - p) of normal elements and -log p of defects, weighted; so is its gradient", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(element, { minLength: 1, maxLength: 6 }), async (elements) => {
        const { loss, slope } = await run(
          elements.map(({ score }) => score),
          elements.map(({ normal }) => normal),
          elements.map(({ defect }) => defect),
        );
        let expected = 0;
        for (const [i, { score, normal, defect }] of elements.entries()) {
          const p = probability(score);
          expected -= normal * Math.log(1 - p) + defect * Math.log(p);
          expect(Math.abs(slope[i]! - (normal * p - defect * (1 - p)))).toBeLessThan(1e-5);
        }
        expect(Math.abs(loss - expected)).toBeLessThan(1e-5 * (1 + Math.abs(expected)));
      }),
      { numRuns: 40 },
    );
  });

  test("stays finite where a probability is 0 or 1 in single precision", async () => {
    const { loss, slope } = await run([200, -200], [1, 0], [0, 1]);
    expect(loss).toBeCloseTo(400, 3);
    expect(slope).toEqual([1, -1]);
    expect((await run([-200, 200], [1, 0], [0, 1])).loss).toBeCloseTo(0, 6);
  });
});
