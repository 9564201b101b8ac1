import { expect, test } from "vitest";
import { tilesTogether } from "./tiles-together.ts";

const samples = ["a", "a", "b", "b", "c"].map((path) => ({ path, name: path, type: "good" }));

test("tiles of an image come together where its first one was, in the order that they had", () => {
  expect(tilesTogether([3, 4, 1, 2, 0], samples)).toEqual([3, 2, 4, 1, 0]);
});

test("whole images keep their order", () => {
  expect(tilesTogether([4, 0, 2], samples)).toEqual([4, 0, 2]);
});
