import fc from "fast-check";
import { expect, test } from "vitest";
import { connectedRegions } from "./components.ts";

/** Every pixel takes the least position among itself and its neighbours until none changes: the region's first pixel. */
function firstPixels(mask: readonly number[], width: number): number[] {
  const first = mask.map((inside, at) => (inside === 0 ? -1 : at));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [at, inside] of mask.entries()) {
      if (inside === 0) continue;
      for (const [v, u] of [-1, 0, 1].flatMap((v) => [-1, 0, 1].map((u) => [v, u] as const))) {
        const [x, other] = [(at % width) + u, at + v * width + u];
        if (x < 0 || x >= width || (first[other] ?? -1) < 0 || first[other]! >= first[at]!) continue;
        first[at] = first[other]!;
        changed = true;
      }
    }
  }
  return first;
}

test("regions are those whose pixels touch by an edge or a corner, in the order of their first pixels", () => {
  const masks = fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.constantFrom(1, 2, 3))
    .chain(([width, height, full]) =>
      fc.record({
        width: fc.constant(width),
        mask: fc.array(
          fc.integer({ min: 0, max: 3 }).map((value) => (value < full ? 255 : 0)),
          { minLength: width * height, maxLength: width * height },
        ),
      }),
    );
  fc.assert(
    fc.property(masks, ({ width, mask }) => {
      const { labels, sizes } = connectedRegions(Uint8Array.from(mask), width);
      const first = firstPixels(mask, width);
      const order = [...new Set(first.filter((at) => at >= 0))].sort((a, b) => a - b);
      expect([...labels]).toEqual(first.map((at) => order.indexOf(at) + 1));
      expect(sizes).toEqual(order.map((region) => first.filter((at) => at === region).length));
    }),
    { numRuns: 500 },
  );
});

test("what meets only further down is one region", () => {
  const picture = ["#.#.#", "#.#.#", "#.###", "###.."];
  const mask = Uint8Array.from(picture.join(""), (sign) => (sign === "#" ? 1 : 0));
  expect(connectedRegions(mask, 5).sizes).toEqual([mask.reduce((sum, inside) => sum + inside, 0)]);
});
