import fc from "fast-check";
import { expect, test } from "vitest";
import { averagePool, Graph } from "../index.ts";
import { dims, SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { element, indices } from "../testing/reference.ts";

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
