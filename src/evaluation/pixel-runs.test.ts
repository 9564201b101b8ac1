import { expect, test } from "vitest";
import { findRuns, joinRuns } from "./pixel-runs.ts";

test("a run ends with its row, and what is no number is in none", () => {
  const values = Float32Array.of(3, 1, 2, 2, Number.NaN, 2, 5, 1.9, 2);
  expect(findRuns(values, 3, 2)).toEqual({ from: [0, 2, 3, 5, 6, 8], to: [1, 3, 4, 6, 7, 9] });
});

test("runs on either side of the border, and with a row between them, do not touch", () => {
  // Two rows of which one ends and the next begins inside; then an empty row.
  const picture = ["..#", "#..", "...", "#.."];
  const mask = Uint8Array.from(picture.join(""), (sign) => (sign === "#" ? 1 : 0));
  expect(joinRuns(findRuns(mask, 3, 1), 3)).toEqual({ labels: Int32Array.of(1, 2, 3), sizes: [1, 1, 1] });
  const whole = new Uint8Array(6).fill(1);
  expect(joinRuns(findRuns(whole, 2, 1), 2)).toEqual({ labels: Int32Array.of(1, 1, 1), sizes: [6] });
});
