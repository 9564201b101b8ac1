import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import type { SmallestDefect } from "../assessment/index.ts";
import { describeSmallestDefect, smallestDefectPanel } from "./smallest-defect.ts";

const interval = { low: 0.75, high: 0.95 };
const result: SmallestDefect = {
  images: 20,
  passedOver: 1,
  trials: 40,
  scored: 200,
  seed: 0,
  contrasts: [
    {
      name: "strong",
      change: 80,
      sizes: [
        { size: 4, trials: 40, rejected: 30, located: 40, found: 20, interval },
        { size: 8, trials: 40, rejected: 40, located: 40, found: 39, interval },
      ],
      smallest: 8,
      atLeast: 8,
      atMost: undefined,
    },
    {
      name: "medium",
      change: 40,
      sizes: [
        { size: 4, trials: 40, rejected: 0, located: 0, found: 0, interval },
        { size: 8, trials: 40, rejected: 10, located: 20, found: 10, interval },
      ],
    },
  ],
};

test("states size, interval, contrast and cost, and that none was found where none was", () => {
  const [strong, medium, rest] = describeSmallestDefect(result, 0.08);
  expect(strong).toBe(
    "Strong contrast (80 of 255 grey levels): 8 pixels (0.64 mm) in diameter; the true size lies between 8 and more than 8, as far as so many spots tell",
  );
  expect(medium).toContain("not found reliably up to 8 pixels");
  for (const word of ["90 %", "40 of each size in 20 good test images", "200 runs", "1 good test image "]) {
    expect(rest).toContain(word);
  }
  expect(describeSmallestDefect(result)[0]).not.toContain("mm");
});

test("spots without a place are counted, and sizes that ended for want of one are told", () => {
  const contrasts = result.contrasts.map((contrast) => ({
    ...contrast,
    sizes: contrast.sizes.map((one) => (one.size === 8 ? { ...one, trials: 37 } : one)),
  }));
  const rest = describeSmallestDefect({ ...result, contrasts, tooLarge: 12 }).at(-1);
  expect(rest).toContain("3 spots found no place that the model looks at");
  expect(rest).toContain("up to 8 pixels could be tried: most spots of 12 find");
  expect(describeSmallestDefect(result).at(-1)).not.toContain("no place");
});

test("one image that tells nothing is one, and spots that share few images are told", () => {
  const rest = (change: Partial<SmallestDefect>) => describeSmallestDefect({ ...result, ...change }).at(-1);
  expect(rest({})).toContain("1 good test image called defective as it is tells nothing.");
  expect(rest({ passedOver: 2 })).toContain("2 good test images called defective as they are tell nothing.");
  expect(rest({ images: 19 })).toContain("Several spots share an image");
  expect(rest({ images: 20 })).not.toContain("share an image");
});

test("the table has a row for each size and columns for each contrast", () => {
  const rows = (mm?: number) => {
    const { document } = parseHTML(smallestDefectPanel(result, mm).text);
    return [...document.querySelectorAll("tbody tr")].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
  };
  expect(rows()[1]).toEqual([
    "8",
    "40",
    "100.00 %",
    "100.00 %",
    "97.50 %",
    "75 to 95 %",
    "25.00 %",
    "50.00 %",
    "25.00 %",
    "75 to 95 %",
  ]);
  expect(rows(0.5).map(([size, mm]) => [size, mm])).toEqual([
    ["4", "2"],
    ["8", "4"],
  ]);
});
