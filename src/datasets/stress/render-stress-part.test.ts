import { describe, expect, it } from "vitest";
import { Random } from "../../random.ts";
import { DEFECT_TYPES } from "../demo/defect.ts";
import { renderPart } from "../demo/render-part.ts";
import { maskFit } from "../demo/testing/mask-fit.ts";
import { renderStressPart, stressScene } from "./render-stress-part.ts";
import { FACTORS } from "./stress-class.ts";

const SEED = 5;

describe.each([...FACTORS, "combined"])("%s", (name) => {
  it.each(DEFECT_TYPES)("masks the pixels that a %s changes, and no others", (defect) => {
    const photo = { split: "test", index: 0, defect } as const;
    const { image, mask } = renderStressPart(SEED, name, photo);
    const clean = renderPart(stressScene(SEED, name, photo), new Random(0));
    expect(clean.mask.data.some((value) => value !== 0)).toBe(false);
    const { area, changed, change, strayed } = maskFit(clean.image, image, mask, 3);
    expect(area).toBeGreaterThan(30);
    expect(area).toBeLessThan(2500);
    expect(changed).toBeGreaterThan(0.9);
    expect(change).toBeGreaterThan(10);
    expect(strayed).toBe(0);
  });
});

describe("between classes", () => {
  const bytes = (name: string, split: "train" | "test") =>
    renderStressPart(SEED, name, { split, index: 0 }).image.data;

  it("shares the photos of a split whose factors are the same", () => {
    expect(bytes("light_shift", "train")).toEqual(bytes("still", "train"));
    expect(bytes("light_shift", "test")).toEqual(bytes("light", "test"));
    expect(bytes("light", "test")).not.toEqual(bytes("still", "test"));
  });

  it("has the same stain on the same part where the light is the same", () => {
    const stain = (name: string) =>
      renderStressPart(SEED, name, { split: "test", index: 2, defect: "stain" }).mask.data;
    const [still, other] = [stain("still"), stain("background")];
    const common = still.filter((value, pixel) => value === 1 && other[pixel] === 1).length;
    const area = still.filter((value) => value === 1).length;
    expect(common / area).toBeGreaterThan(0.8);
  });
});
