import { expect, it } from "vitest";
import { Random } from "../../random.ts";
import { DEFECT_TYPES, type DefectType } from "./defect.ts";
import { renderDemoPart } from "./render-demo-part.ts";

const photo = (key: string, index: number, defect?: DefectType) =>
  renderDemoPart(new Random(0, key, index), defect).image.data;
const several = (count: number, make: (index: number) => Uint8Array) =>
  Array.from({ length: count }, (_, index) => make(index));

it("cannot be solved by the difference from the mean training image", () => {
  const training = several(20, (index) => photo("train", index));
  const mean = new Float64Array(training[0]!.length);
  for (const data of training) {
    for (let i = 0; i < mean.length; i++) mean[i]! += data[i]! / training.length;
  }
  const score = (data: Uint8Array) => data.reduce((sum, value, i) => sum + Math.abs(value - mean[i]!), 0);
  const good = several(12, (index) => photo("good", index)).map(score);
  const bad = DEFECT_TYPES.flatMap((type) => several(3, (index) => photo(type, index, type))).map(score);

  const wins = bad.flatMap((b) => good.map((g): number => (b > g ? 1 : b === g ? 0.5 : 0)));
  const auroc = wins.reduce((sum, win) => sum + win, 0) / wins.length;
  expect(auroc).toBeLessThanOrEqual(0.75);
});
