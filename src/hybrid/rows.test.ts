import { expect, test } from "vitest";
import { RowCollector, rowCount } from "./rows.ts";

const matrix = { data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), width: 3 };

test("collects the beginnings of the rows asked for, in that order, again if asked again", () => {
  const collector = new RowCollector(2, 1);
  collector.add(matrix, [2, 0]);
  collector.add(matrix, []);
  collector.add({ data: Float32Array.of(10, 11), width: 2 }, Uint32Array.of(0, 0));
  const rows = collector.rows();
  expect(rows).toEqual({ data: Float32Array.of(7, 8, 1, 2, 10, 11, 10, 11), width: 2 });
  expect(rowCount(rows)).toBe(4);
});

test.each([0, 1, 7, 100])("as many as come, where %i were expected", (expected) => {
  const collector = new RowCollector(2, expected);
  for (let i = 0; i < 20; i++) collector.add(matrix, i % 2 === 0 ? [0, 1] : [2]);
  const { data, width } = collector.rows();
  expect(width).toBe(2);
  expect(Array.from(data)).toEqual(Array.from({ length: 10 }, () => [1, 2, 4, 5, 7, 8]).flat());
});

test("keeps no hold of what it was given, and is empty before", () => {
  const collector = new RowCollector(3, 1);
  expect(rowCount(collector.rows())).toBe(0);
  const data = Float32Array.of(1, 2, 3);
  collector.add({ data, width: 3 }, [0]);
  data.fill(0);
  expect(Array.from(collector.rows().data)).toEqual([1, 2, 3]);
});
