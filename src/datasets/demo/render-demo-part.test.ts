import { describe, expect, it } from "vitest";
import { Random } from "../../random.ts";
import { DEFECT_TYPES, type DefectType } from "./defect.ts";
import { renderDemoPart } from "./render-demo-part.ts";
import { maskFit } from "./testing/mask-fit.ts";

const SIZE = 256;

function render(seed: number, defect?: DefectType) {
  return renderDemoPart(new Random(seed, "test"), defect);
}

describe("renderDemoPart", () => {
  it("gives the same pixels for the same stream and others for another", () => {
    const first = render(1, "scratch");
    const again = render(1, "scratch");
    expect(again.image.data).toEqual(first.image.data);
    expect(again.mask.data).toEqual(first.mask.data);
    expect(render(2, "scratch").image.data).not.toEqual(first.image.data);
  });

  it("marks nothing on a good part", () => {
    const { image, mask } = render(1);
    expect([image.width, image.height, image.data.length]).toEqual([SIZE, SIZE, SIZE * SIZE * 3]);
    expect(mask.data.some((value) => value !== 0)).toBe(false);
  });

  it("leaves the random stream where it would be without a defect", () => {
    const clean = new Random(4, "test");
    const defective = new Random(4, "test");
    renderDemoPart(clean);
    renderDemoPart(defective, "dent");
    expect(defective.uint32()).toBe(clean.uint32());
  });

  it.each(DEFECT_TYPES)("masks the pixels that a %s changes, and no others", (type) => {
    for (const seed of [11, 12, 13]) {
      const { image, mask } = render(seed, type);
      const { area, changed, change, strayed } = maskFit(render(seed).image, image, mask);
      expect(area).toBeGreaterThan(40);
      expect(area).toBeLessThan(2000);
      expect(changed).toBeGreaterThan(0.93);
      expect(change).toBeGreaterThan(20);
      expect(strayed).toBe(0);
    }
  });
});
