import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "../random.ts";
import { outlyingness } from "./outlyingness.ts";

test("is the plain z-score of normal variates, nearly", () => {
  const values = Array.from(new Random(0).fillNormal(new Float32Array(20_000)), (value) => 7 + 3 * value);
  const { z, spread } = outlyingness(values);
  expect(spread.median).toBeCloseTo(7, 1);
  expect(spread.deviation).toBeCloseTo(3, 1);
  for (const i of [0, 1, 2]) expect(z[i]).toBeCloseTo((values[i]! - 7) / 3, 1);
});

test("of the others hardly changes when a tenth of the values goes far out", () => {
  const values = Array.from({ length: 100 }, (_, i) => i);
  const mixed = values.map((value, i) => (i >= 90 ? 1e6 : value));
  expect(outlyingness(mixed).z[20]).toBeCloseTo(outlyingness(values).z[20]!, 5);
  expect(outlyingness(mixed).z[95]).toBeGreaterThan(1000);
});

test("keeps the order and does not depend on unit and origin", () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(values, (list) => {
      const { z } = outlyingness(list);
      const moved = outlyingness(list.map((value) => 4 * value - 8)).z;
      for (const [i, a] of z.entries()) {
        expect(Number.isFinite(a)).toBe(true);
        expect(moved[i]).toBeCloseTo(a, 6);
        for (const [j, b] of z.entries()) if (list[i]! >= list[j]!) expect(a).toBeGreaterThanOrEqual(b);
      }
    }),
  );
});

test("of one among equals is seen, and of equals is 0", () => {
  const { z } = outlyingness([5, 5, 5, 5, 5, 5, 5, 9]);
  expect(z.slice(0, 7)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(z[7]).toBeGreaterThan(3.5);
  expect(outlyingness([2, 2]).z).toEqual([0, 0]);
});
