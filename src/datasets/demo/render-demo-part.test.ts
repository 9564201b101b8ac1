import { describe, expect, it } from "vitest";
import { Random } from "../../random.ts";
import { DEFECT_TYPES, type DefectType } from "./defect.ts";
import { renderDemoPart } from "./render-demo-part.ts";

const SIZE = 256;

function render(seed: number, defect?: DefectType) {
  return renderDemoPart(new Random(seed, "test"), defect);
}

/** Largest difference of the three channels, per pixel. */
function difference(a: Uint8Array, b: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: SIZE * SIZE }, (_, pixel) =>
    Math.max(...[0, 1, 2].map((channel) => Math.abs(a[3 * pixel + channel]! - b[3 * pixel + channel]!))),
  );
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
      const change = difference(image.data, render(seed).image.data);
      let area = 0;
      let changed = 0;
      let total = 0;
      let strayed = 0;
      for (let y = 0; y < SIZE; y++) {
        for (let x = 0; x < SIZE; x++) {
          const pixel = y * SIZE + x;
          if (mask.data[pixel] === 1) {
            area++;
            total += change[pixel]!;
            if (change[pixel]! > 0) changed++;
          } else if (change[pixel]! > 8 && !touches(mask.data, x, y, 4)) strayed++;
        }
      }
      expect(area).toBeGreaterThan(40);
      expect(area).toBeLessThan(2000);
      expect(changed / area).toBeGreaterThan(0.93);
      expect(total / area).toBeGreaterThan(20);
      expect(strayed).toBe(0);
    }
  });
});

function touches(mask: Uint8Array, x: number, y: number, reach: number): boolean {
  for (let v = Math.max(0, y - reach); v <= Math.min(SIZE - 1, y + reach); v++) {
    for (let u = Math.max(0, x - reach); u <= Math.min(SIZE - 1, x + reach); u++) {
      if (mask[v * SIZE + u] === 1) return true;
    }
  }
  return false;
}
