import fc from "fast-check";
import { expect, test } from "vitest";
import { differentRows } from "./different-rows.ts";

const column = (values: readonly number[]) => Float32Array.from(values);

test("begins in the middle and goes to what is furthest from all chosen", () => {
  expect(differentRows(column([0, 9, 5, 5.5, 100]), 1, 4)).toEqual([1, 4, 0, 2]);
});

test("gives each row once, and all of them if asked for more", () => {
  const values = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 15 }), (list, count) => {
      const chosen = differentRows(column(list), 1, count);
      expect(chosen).toHaveLength(Math.min(count, list.length));
      expect(new Set(chosen).size).toBe(chosen.length);
      // No value comes a second time before each has come once.
      const distinct = new Set(list).size;
      expect(new Set(chosen.slice(0, distinct).map((row) => list[row])).size).toBe(
        Math.min(distinct, chosen.length),
      );
    }),
  );
});
