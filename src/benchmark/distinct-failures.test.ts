import { expect, test } from "vitest";
import { distinctFailures, withOthers } from "./distinct-failures.ts";
import type { CellFailure } from "./results.ts";

const failure = (className: string, seed: number, message = "no"): CellFailure => ({
  suite: "custom",
  class: className,
  backbone: "net",
  variant: "dfm",
  seed,
  code: "RSAD_IMAGE_INVALID",
  message,
});

test("what fails all cells of a class is one failure, other classes and messages are others", () => {
  const all = [
    failure("nut", 0),
    failure("nut", 1),
    failure("bolt", 0),
    failure("nut", 2),
    failure("nut", 3, "but"),
  ];
  expect(distinctFailures(all)).toEqual([
    { first: all[0], others: 2 },
    { first: all[2], others: 0 },
    { first: all[4], others: 0 },
  ]);
});

test.each([
  [0, "a"],
  [1, "a, and 1 more cell"],
  [2, "a, and 2 more cells"],
])("with %d others", (others, text) => {
  expect(withOthers("a", others)).toBe(text);
});
