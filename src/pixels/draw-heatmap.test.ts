import { expect, test } from "vitest";
import { drawHeatmap } from "./draw-heatmap.ts";

const image = { width: 5, height: 1, data: new Uint8Array(15).fill(100) };
const pixels = (values: number[], threshold?: number) => {
  const { data } = drawHeatmap(image, { width: 5, height: 1, data: Float32Array.from(values) }, threshold);
  return Array.from({ length: 5 }, (_, i) => [...data.subarray(3 * i, 3 * i + 3)].join());
};

test("values well below the threshold stay grey, the threshold is coloured, a good image is calm", () => {
  const shown = pixels([1, 1, 1, 2, 3], 3);
  expect(shown.slice(0, 4)).toEqual(["100,100,100", "100,100,100", "100,100,100", "100,100,100"]);
  expect(shown[4]).not.toBe("100,100,100");
  expect(pixels([1, 1, 1, 1.5, 1.9], 3)).toEqual(Array(5).fill("100,100,100"));
});

test("a higher peak takes the hottest colour; the same value has the same colour on images of one range", () => {
  const [, , , threshold, peak] = pixels([1, 1, 1, 3, 9], 3);
  expect(new Set(["100,100,100", threshold, peak]).size).toBe(3);
});

test("maps without a threshold, without range, and not inspected at all", () => {
  expect(pixels([0, 0, 0, 0, 4])[4]).not.toBe("100,100,100");
  for (const values of [Array(5).fill(2), Array(5).fill(Number.NaN)])
    expect(new Set(pixels(values)).size).toBe(1);
});

test.each([
  [1000, 1000],
  [2000, 500],
  [37, 29],
])("borders that were not inspected leave the range of a %i x %i map alone", (width, height) => {
  const data = new Float32Array(width * height).fill(Number.NaN);
  const border = Math.ceil(Math.min(width, height) / 8);
  for (let y = border; y < height - border; y++) data.fill(1, y * width + border, (y + 1) * width - border);
  const large = { width, height, data: new Uint8Array(3 * width * height).fill(100) };
  const drawn = drawHeatmap(large, { width, height, data }, 3);
  const middle = 3 * (Math.floor(height / 2) * width + Math.floor(width / 2));
  expect(drawn.data.subarray(middle, middle + 3).join()).toBe("100,100,100");
});
