import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeMaskPng } from "./encode-png.ts";
import { readRegion } from "./read-region.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-region-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(name: string, content: unknown) {
  const path = join(folder, name);
  await writeFile(
    path,
    content instanceof Uint8Array || typeof content === "string" ? content : JSON.stringify(content),
  );
  return readRegion(path);
}

const picture = ({ width, data }: { width: number; data: Uint8Array }) =>
  Array.from({ length: data.length / width }, (_, y) =>
    Array.from(data.subarray(y * width, (y + 1) * width), (value) => (value === 1 ? "#" : ".")).join(""),
  );

describe("a mask image", () => {
  test("is kept as it is", async () => {
    const mask = { width: 3, height: 2, data: Uint8Array.of(0, 1, 1, 0, 0, 1) };
    expect(await read("small.png", await encodeMaskPng(mask))).toEqual({
      mask,
      frame: { width: 3, height: 2 },
    });
  });

  test("of more than 1024 pixels a side is sampled down, and keeps what it is the shape of", async () => {
    const data = Uint8Array.from({ length: 4096 * 64 }, (_, i) => (i % 4096 < 1000 ? 1 : 0));
    const { mask, frame } = await read("large.png", await encodeMaskPng({ width: 4096, height: 64, data }));
    expect([mask.width, mask.height, frame]).toEqual([1024, 16, { width: 4096, height: 64 }]);
    expect(mask.data.subarray(0, 1024).lastIndexOf(1)).toBe(249);
  });
});

describe("polygons", () => {
  test("in pixels: a pixel is inside where its centre is, of any polygon", async () => {
    // biome-ignore format: polygons
    const polygons = [[[1, 1], [4, 1], [4, 3], [1, 3]], [[5, 0], [6, 0], [6, 4], [5, 4]]];
    const { mask, frame } = await read("pixels.json", { width: 6, height: 4, polygons });
    expect(picture(mask)).toEqual([".....#", ".###.#", ".###.#", ".....#"]);
    expect(frame).toEqual({ width: 6, height: 4 });
  });

  test("in shares of width and height have no shape of their own, with or without a name", async () => {
    // biome-ignore format: a polygon
    const polygons = [[[0, 0], [0.5, 0], [0.5, 1], [0, 1]]];
    for (const content of [polygons, { polygons }]) {
      const { mask, frame } = await read("shares.json", content);
      expect(frame).toBeUndefined();
      const inside = mask.data.reduce((sum, value) => sum + value, 0);
      expect(inside / mask.data.length).toBe(0.5);
    }
  });

  test("a triangle covers half of its box", async () => {
    // biome-ignore format: a polygon
    const { mask } = await read("triangle.json", [[[0, 0], [1, 0], [0, 1]]]);
    const inside = mask.data.reduce((sum, value) => sum + value, 0);
    expect(inside / mask.data.length).toBeCloseTo(0.5, 3);
  });
});

test.each([
  ["no JSON", "{"],
  ["no polygons", {}],
  [
    "two corners",
    [
      [
        [0, 0],
        [1, 1],
      ],
    ],
  ],
  [
    "text",
    [
      [
        [0, 0],
        [1, "1"],
        [0, 1],
      ],
    ],
  ],
  [
    "pixels without a size",
    [
      [
        [0, 0],
        [100, 0],
        [0, 100],
      ],
    ],
  ],
  [
    "a width alone",
    {
      width: 5,
      polygons: [
        [
          [0, 0],
          [1, 0],
          [0, 1],
        ],
      ],
    },
  ],
  [
    "nothing inside",
    {
      width: 5,
      height: 5,
      polygons: [
        [
          [9, 9],
          [8, 9],
          [9, 8],
        ],
      ],
    },
  ],
])("a file of %s is refused", async (_, content) => {
  await expect(read("wrong.json", content)).rejects.toMatchObject({ code: "RSAD_MASK_INVALID" });
});
