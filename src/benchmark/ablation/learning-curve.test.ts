import { expect, test } from "vitest";
import { recipe } from "../../recipes/index.ts";
import { learningCurve } from "./learning-curve.ts";

test("every method on few images, on more, and on all there are", () => {
  const { variants, leftOut } = learningCurve({
    trainImages: [50, 10, 200, 10],
    methods: ["default", "patchcore"],
    goodCounts: [100, 80],
  });
  expect(variants.map(({ label, trainImages }) => [label, trainImages])).toEqual([
    ["RSAD (default), 10 images", 10],
    ["RSAD (default), 50 images", 50],
    ["RSAD (default), all images", undefined],
    ["PatchCore, 10 images", 10],
    ["PatchCore, 50 images", 50],
    ["PatchCore, all images", undefined],
  ]);
  expect(variants.map((variant) => variant.recipe.name)).toEqual([
    ...Array(3).fill("default"),
    ...Array(3).fill("patchcore"),
  ]);
  expect(new Set(variants.map(({ id }) => id)).size).toBe(6);
  expect(new Set(variants.map(({ sweep }) => sweep)).size).toBe(1);
  expect(leftOut).toEqual(["200 training images: a class has only 80"]);
});

test("a shortened training is noted with what so many images would have taken", () => {
  const overrides = { paper: { length: { steps: 100 } } };
  const { variants } = learningCurve({ trainImages: [10], methods: ["paper"], overrides, goodCounts: [80] });
  expect(variants.map(({ notes }) => notes)).toEqual([
    ["shortened to 100 steps (of 400)"],
    ["shortened to 100 steps (of 3,200)"],
  ]);
  expect(variants.every((variant) => variant.recipe.name === recipe("paper").name)).toBe(true);
});
