import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { drawHeatmap } from "../pixels/index.ts";
import { drawOverlay, toImageData } from "./draw.ts";
import { withoutAlpha } from "./rgb.ts";

/** What browsers have, as far as it is used. */
class ImageDataOfTest {
  constructor(
    readonly data: Uint8ClampedArray,
    readonly width: number,
    readonly height: number,
  ) {}
}
beforeAll(() => {
  vi.stubGlobal("ImageData", ImageDataOfTest);
});
afterAll(() => {
  vi.unstubAllGlobals();
});

const image = { width: 2, height: 2, data: Uint8Array.of(10, 20, 30, 200, 100, 0, 5, 5, 5, 255, 255, 255) };
const map = { width: 2, height: 2, data: Float32Array.of(0, 1, 5, Number.NaN) };

test("an image for a canvas is opaque and comes back as it was", () => {
  const { data, width, height } = toImageData(image);
  expect([width, height]).toEqual([2, 2]);
  expect([...data].filter((_, i) => i % 4 === 3)).toEqual([255, 255, 255, 255]);
  expect(withoutAlpha(data)).toEqual(image.data);
});

test("the overlay goes from the image to the command line's heatmap", () => {
  const rgb = (opacity?: number) =>
    withoutAlpha(drawOverlay(image, map, { pixelThreshold: 2, opacity }).data);
  expect(rgb(0)).toEqual(image.data);
  const heatmap = drawHeatmap(image, map, 2).data;
  expect(rgb()).toEqual(heatmap);
  const half = rgb(0.5);
  for (const [i, value] of half.entries()) {
    expect(Math.abs(value - (image.data[i]! + heatmap[i]!) / 2)).toBeLessThanOrEqual(0.5);
  }
});

test("an opacity that is no share is refused", () => {
  for (const opacity of [-0.1, 1.1, Number.NaN]) {
    expect(() => drawOverlay(image, map, { opacity })).toThrow(
      expect.objectContaining({ code: "RSAD_ARGUMENT_INVALID", subject: "opacity" }),
    );
  }
});
