import { describe, expect, it } from "vitest";
import { HEAT } from "./colour-ramp.ts";
import { heatmap } from "./heatmap.ts";
import type { Image } from "./image.ts";
import { maskOverlay } from "./mask-overlay.ts";

function flat(width: number, height: number, colour: readonly number[]): Image {
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, i) => colour[i % 3]!) };
}

function pixel({ data }: Image, index: number): number[] {
  return [...data.subarray(3 * index, 3 * index + 3)];
}

describe("heatmap", () => {
  const image = flat(5, 1, [200, 100, 50]);
  const values = Float32Array.of(-9, 0, 1, Number.POSITIVE_INFINITY, Number.NaN);
  const shown = heatmap(image, { width: 5, height: 1, data: values }, { low: 0, high: 1 });

  it("leaves grey up to low, and is equally hot from high on", () => {
    expect(pixel(shown, 0)).toEqual([124, 124, 124]);
    expect(pixel(shown, 1)).toEqual([124, 124, 124]);
    expect(pixel(shown, 2)).toEqual(pixel(shown, 3));
    expect(pixel(shown, 2)[0]! - pixel(shown, 2)[1]!).toBeGreaterThan(50);
  });

  it("fades what was not inspected to mid grey, light or dark", () => {
    const map = { width: 1, height: 1, data: Float32Array.of(Number.NaN) };
    expect(pixel(shown, 4)).toEqual([127, 127, 127]);
    expect(pixel(heatmap(flat(1, 1, [255, 255, 255]), map, { low: 0, high: 1 }), 0)).toEqual([160, 160, 160]);
    expect(pixel(heatmap(flat(1, 1, [0, 0, 0]), map, { low: 0, high: 1 }), 0)).toEqual([96, 96, 96]);
  });

  it("is a step where low equals high", () => {
    const map = { width: 5, height: 1, data: Float32Array.of(0, 1, 2, 3, 4) };
    const step = heatmap(image, map, { low: 2, high: 2 });
    expect(pixel(step, 1)).toEqual([124, 124, 124]);
    expect(pixel(step, 2)).toEqual(pixel(shown, 2));
  });

  it("refuses a map of another size and a range out of order", () => {
    const map = { width: 1, height: 5, data: values };
    expect(() => heatmap(image, map, { low: 0, high: 1 })).toThrow(/5 x 1 pixels.*1 x 5 pixels/);
    const fitting = { width: 5, height: 1, data: values };
    for (const range of [
      { low: 1, high: 0 },
      { low: Number.NaN, high: 1 },
      { low: 0, high: Number.POSITIVE_INFINITY },
    ]) {
      expect(() => heatmap(image, fitting, range)).toThrow(
        expect.objectContaining({ code: "RSAD_ARGUMENT_INVALID" }),
      );
    }
  });

  it("colours in steps of falling brightness", () => {
    const brightness = HEAT.map(([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue);
    for (let i = 1; i < brightness.length; i++) expect(brightness[i]!).toBeLessThan(brightness[i - 1]! + 1);
    expect(brightness[0]! - brightness[255]!).toBeGreaterThan(130);
  });
});

describe("maskOverlay", () => {
  it("outlines the mask, tints its inside, and leaves the rest", () => {
    const image = flat(7, 7, [90, 60, 30]);
    const data = Uint8Array.from({ length: 49 }, (_, i) => {
      const [x, y] = [i % 7, Math.floor(i / 7)];
      return x >= 1 && x <= 5 && y >= 1 && y <= 5 ? 1 : 0;
    });
    const shown = maskOverlay(image, { width: 7, height: 7, data });
    expect(pixel(shown, 0)).toEqual([90, 60, 30]);
    expect(pixel(shown, 1 * 7 + 3)).toEqual([0, 200, 190]);
    expect(pixel(shown, 3 * 7 + 3)).toEqual([54, 116, 94]);
    expect(pixel(image, 1 * 7 + 3)).toEqual([90, 60, 30]);
  });

  it("leaves the image as it was, held in a Buffer or not", () => {
    const image = { ...flat(3, 3, [90, 60, 30]), data: Buffer.alloc(27, 50) };
    const mask = { width: 3, height: 3, data: Buffer.alloc(9, 1) };
    maskOverlay(image, mask);
    expect([...image.data, ...mask.data]).toEqual([...Buffer.alloc(27, 50), ...Buffer.alloc(9, 1)]);
  });

  it("refuses a mask of another size", () => {
    const mask = { width: 2, height: 1, data: Uint8Array.of(1, 0) };
    expect(() => maskOverlay(flat(1, 2, [0, 0, 0]), mask)).toThrow(
      expect.objectContaining({ code: "RSAD_MASK_INVALID" }),
    );
  });
});
