import { vi } from "vitest";
import type { Image } from "../../src/images/index.ts";

class Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  constructor(
    ...given: [width: number, height: number] | [data: Uint8ClampedArray, width: number, height: number]
  ) {
    const [width, height] = given.slice(-2) as [number, number];
    this.data = given.length === 3 ? given[0] : new Uint8ClampedArray(4 * width * height);
    this.width = width;
    this.height = height;
  }
}

class Canvas {
  #held = new Uint8ClampedArray();

  getContext() {
    const keep = ({ data }: Pixels) => {
      this.#held = new Uint8ClampedArray(data);
    };
    return { drawImage: keep, putImageData: keep, getImageData: () => ({ data: this.#held }) };
  }
}

/** Puts in place the little of a browser by which the library reads pictures: a canvas, and a decoder that finds `image` in all of them. */
export function stubPictures({ width, height, data }: Image): void {
  vi.stubGlobal("ImageData", Pixels);
  vi.stubGlobal("OffscreenCanvas", Canvas);
  vi.stubGlobal("createImageBitmap", async () => {
    const pixels = new Pixels(width, height);
    for (let i = 0; i < width * height; i++)
      pixels.data.set([...data.subarray(3 * i, 3 * i + 3), 255], 4 * i);
    return { ...pixels, close: () => {} };
  });
}
