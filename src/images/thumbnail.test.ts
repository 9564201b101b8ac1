import { describe, expect, it } from "vitest";
import type { Image } from "../pixels/index.ts";
import { thumbnail } from "./thumbnail.ts";

function flat(width: number, height: number, colour: readonly number[]): Image {
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, i) => colour[i % 3]!) };
}

describe("thumbnail", () => {
  it("keeps the shape and colours of a larger image", async () => {
    const small = await thumbnail(flat(300, 200, [10, 20, 30]), 60);
    expect([small.width, small.height, small.data.length]).toEqual([60, 40, 60 * 40 * 3]);
    expect([...small.data.subarray(3000, 3003)]).toEqual([10, 20, 30]);
  });

  it("leaves a smaller image", async () => {
    const image = flat(3, 2, [1, 2, 3]);
    expect(await thumbnail(image, 60)).toBe(image);
  });
});
