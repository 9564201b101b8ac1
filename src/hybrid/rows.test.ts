import { expect, test } from "vitest";
import { RowCollector, rowCount } from "./rows.ts";

const matrix = { data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), width: 3 };

test("collects the beginnings of the rows asked for, in that order, again if asked again", () => {
  const collector = new RowCollector(2);
  collector.add(matrix, [2, 0]);
  collector.add(matrix, []);
  collector.add({ data: Float32Array.of(10, 11), width: 2 }, Uint32Array.of(0, 0));
  const rows = collector.rows();
  expect(rows).toEqual({ data: Float32Array.of(7, 8, 1, 2, 10, 11, 10, 11), width: 2 });
  expect(rowCount(rows)).toBe(4);
});

test("keeps no hold of what it was given, and is empty before", () => {
  const collector = new RowCollector(3);
  expect(rowCount(collector.rows())).toBe(0);
  const data = Float32Array.of(1, 2, 3);
  collector.add({ data, width: 3 }, [0]);
  data.fill(0);
  expect(Array.from(collector.rows().data)).toEqual([1, 2, 3]);
});
