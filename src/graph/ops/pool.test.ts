import fc from "fast-check";
import { expect, test } from "vitest";
import { averagePool, Graph, maxPool } from "../index.ts";
import { dims, SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { element, indices } from "../testing/reference.ts";
import { runGraph } from "../testing/run-graph.ts";

test("values and gradients, windows wider than the image among them", async () => {
  await fc.assert(
    fc.asyncProperty(
      dims({ rank: [4, 4], largest: 5 }),
      fc.constantFrom(1, 3, 5),
      seed,
      async (shape, size, seed) => {
        const x = tensor(shape, seed);
        const border = (size - 1) / 2;
        const window = Array.from({ length: size }, (_, i) => i - border);
        const forward = Array.from(indices(shape), ([n, c, h, w]) => {
          let sum = 0;
          for (const dy of window) {
            for (const dx of window) {
              const [row, column] = [h! + dy, w! + dx];
              if (row < 0 || row >= shape[2]! || column < 0 || column >= shape[3]!) continue;
              sum += element(x, [n!, c!, row, column]);
            }
          }
          return sum / size ** 2;
        });
        await checkGradient([
          {
            name: `averagePool ${size}`,
            inputs: { x },
            operation: ({ x }) => averagePool(x!, size),
            forward,
          },
        ]);
      },
    ),
    SESSIONS,
  );
});

test("refuses even windows and inputs that are no images", () => {
  const graph = new Graph();
  const invalid = expect.objectContaining({ code: "RSAD_GRAPH_INVALID" });
  expect(() => averagePool(graph.input("x", "float32", [1, 1, 4, 4]), 2)).toThrow(invalid);
  expect(() => averagePool(graph.input("y", "float32", [4, 4]), 3)).toThrow(invalid);
});

test("maxima of strided and padded windows", async () => {
  const geometry = fc.constantFrom([3, 2, 1], [2, 2, 0], [3, 1, 0], [2, 3, 1]);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 3, max: 7 }), geometry, seed, async (height, geometry, seed) => {
      const [size, stride, padding] = geometry as [number, number, number];
      const x = tensor([2, 3, height, 5], seed);
      let shape: readonly unknown[] = [];
      const { y } = await runGraph((graph) => {
        const y = maxPool(graph.constant(x), size, { stride, padding });
        shape = y.shape;
        return { y };
      });
      expect(y.dims).toEqual(shape);
      const window = Array.from({ length: size }, (_, i) => i - padding);
      const expected = Array.from(indices(y.dims), ([n, c, h, w]) => {
        const rows = window.map((dy) => h! * stride + dy).filter((row) => row >= 0 && row < height);
        const columns = window.map((dx) => w! * stride + dx).filter((column) => column >= 0 && column < 5);
        return Math.max(...rows.flatMap((row) => columns.map((column) => element(x, [n!, c!, row, column]))));
      });
      expect(y.data).toEqual(expected);
    }),
    SESSIONS,
  );
});

test("refuses to take maxima of windows that do not fit, or of a size that is not known", () => {
  const graph = new Graph();
  const invalid = expect.objectContaining({ code: "RSAD_GRAPH_INVALID" });
  expect(() => maxPool(graph.input("x", "float32", [1, 1, 4, 2]), 3)).toThrow(invalid);
  expect(() => maxPool(graph.input("y", "float32", [1, 1, "h", 4]), 3)).toThrow(invalid);
  expect(() => maxPool(graph.input("z", "float32", [1, 4, 4]), 3)).toThrow(invalid);
});
