import { expect, test } from "vitest";
import { Estimates, GUESSED_BYTES } from "./estimates.ts";

test("the time left goes by the mean of each kind, and of all for one that is not known", () => {
  const estimates = new Estimates();
  expect(estimates.secondsLeft(["a"], 1)).toBeUndefined();
  expect(estimates.secondsLeft([], 1)).toEqual({ seconds: 0, roughly: false });
  estimates.add("a", { bytes: 5, seconds: 10 });
  estimates.add("a", { bytes: 3, seconds: 20 });
  estimates.add("b", { bytes: 1, seconds: 25 });
  expect(estimates.secondsLeft(["a", "b"], 1)).toEqual({ seconds: 40, roughly: false });
  expect(estimates.secondsLeft(["a", "c"], 2)).toEqual({ seconds: 17.5, roughly: true });
  expect(estimates.secondsLeft(["a"], 4)).toEqual({ seconds: 15, roughly: false });
  expect([estimates.bytesOf("a"), estimates.bytesOf("c")]).toEqual([5, GUESSED_BYTES]);
});
