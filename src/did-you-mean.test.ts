import { expect, test } from "vitest";
import { didYouMean } from "./did-you-mean.ts";

const names = ["resnet18", "wide_resnet50_2", "embedded"];

test.each([
  ["embeded", "Did you mean embedded? "],
  ["Wide_ResNet-50", "Did you mean wide_resnet50_2? "],
  ["embeded_my_own", ""],
  ["vgg16", ""],
  ["", ""],
])("%s", (name, text) => {
  expect(didYouMean(name, names)).toBe(text);
});

test("nothing where there are no names", () => {
  expect(didYouMean("resnet18", [])).toBe("");
});
