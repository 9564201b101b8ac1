import fc from "fast-check";
import { expect, test } from "vitest";
import { wilsonInterval } from "./wilson.ts";

test("gives the values that tables have", () => {
  const close = ({ low, high }: { low: number; high: number }, expected: readonly [number, number]) => {
    expect(low).toBeCloseTo(expected[0], 4);
    expect(high).toBeCloseTo(expected[1], 4);
  };
  close(wilsonInterval(0, 10), [0, 0.2775]);
  close(wilsonInterval(5, 10), [0.2366, 0.7634]);
  close(wilsonInterval(40, 40), [0.9124, 1]);
});

test("holds the share, and is narrower for more trials", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (trials, share) => {
        const found = Math.round(share * trials);
        const { low, high } = wilsonInterval(found, trials);
        expect(low).toBeLessThanOrEqual(found / trials);
        expect(high).toBeGreaterThanOrEqual(found / trials);
        const more = wilsonInterval(4 * found, 4 * trials);
        expect(more.high - more.low).toBeLessThan(high - low);
      },
    ),
  );
});
