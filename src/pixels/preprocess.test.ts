import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeModel, float32, Graph, nodeRuntime, type Session } from "../graph/index.ts";
import { Random } from "../random.ts";
import type { Image } from "./image.ts";
import { imageInput, type Preprocessing, preprocess } from "./preprocess.ts";
import { triangleFilter } from "./testing/triangle-filter.ts";

const SIZES = [
  [1, 1],
  [1, 130],
  [80, 1],
  [3, 200],
  [31, 47],
  [64, 63],
  [90, 90],
  [129, 40],
] as const;

function noise(height: number, width: number): Image {
  const random = new Random(height, width);
  return { width, height, data: Uint8Array.from({ length: height * width * 3 }, () => random.integer(256)) };
}

/** A graph with the network's pixels of an image, and a given map in the network's frame brought back. */
async function open(preprocessing: Preprocessing): Promise<Session> {
  const { size } = preprocessing;
  const graph = new Graph();
  const { pixels, inspected, toImageFrame } = preprocess(imageInput(graph), preprocessing);
  const map = graph.input("map", "float32", [1, 1, size, size]);
  graph.output("pixels", pixels);
  graph.output("inspected", inspected(map));
  graph.output("back", toImageFrame(map));
  return nodeRuntime({ threads: 1 }).open(encodeModel(graph));
}

function feeds({ height, width, data }: Image, size: number, map = new Float32Array(size * size)) {
  return {
    image: { dtype: "uint8", dims: [height, width, 3], data },
    map: float32(map, [1, 1, size, size]),
  } as const;
}

/** What the network must see: the fitted image by the reference, then padded by its border or cut. */
function reference(preprocessing: Preprocessing, { height, width, data }: Image): number[][] {
  const { fit, size } = preprocessing;
  const scale =
    fit === "crop" ? preprocessing.resize / Math.min(height, width) : size / Math.max(height, width);
  const fitted = (side: number) => (fit === "stretch" ? size : Math.max(1, Math.round(side * scale)));
  const [rows, columns] = [fitted(height), fitted(width)];
  const before = (side: number) => Math.trunc((size - side) / 2);
  const inside = (at: number, side: number) => Math.min(Math.max(at - before(side), 0), side - 1);
  return [0, 1, 2].map((channel) => {
    const plane = Array.from({ length: height * width }, (_, i) => data[i * 3 + channel]!);
    const resized = triangleFilter(plane, [height, width], [rows, columns]);
    return Array.from(
      { length: size * size },
      (_, i) => resized[inside(Math.floor(i / size), rows) * columns + inside(i % size, columns)]!,
    );
  });
}

describe.each<Preprocessing>([
  { fit: "stretch", size: 32 },
  { fit: "pad", size: 48 },
  { fit: "crop", size: 32, resize: 41 },
])("$fit", (preprocessing) => {
  const { fit, size } = preprocessing;
  let session: Session;
  beforeAll(async () => {
    session = await open(preprocessing);
  });
  afterAll(() => session.close());

  test.each(SIZES)(
    "shows the network an image of %i x %i as the triangle filter does",
    async (height, width) => {
      const image = noise(height, width);
      const { pixels } = await session.run(feeds(image, size), ["pixels"]);
      expect(pixels!.dims).toEqual([1, 3, size, size]);
      const seen = pixels!.data as Float32Array;
      const expected = reference(preprocessing, image).flat();
      let worst = 0;
      for (const [i, value] of expected.entries()) worst = Math.max(worst, Math.abs(seen[i]! - value));
      expect(worst).toBeLessThan(5e-3);
    },
  );

  test.each(SIZES)("brings a map back to an image of %i x %i", async (height, width) => {
    const constant = new Float32Array(size * size).fill(-3.5);
    const { back } = await session.run(feeds(noise(height, width), size, constant), ["back"]);
    expect(back!.dims).toEqual([height, width]);
    const values = back!.data as Float32Array;
    const [rows, columns] = [height, width].map((side) => inspectedRange(side, height, width));
    for (const [i, value] of values.entries()) {
      const inside = within(Math.floor(i / width), rows!) && within(i % width, columns!);
      if (inside) expect(value).toBeCloseTo(-3.5, 5);
      else expect(value).toBeNaN();
    }
  });

  test.each([
    [90, 90],
    [129, 40],
    [31, 47],
  ])("a bright spot of an image of %i x %i comes back at its place", async (height, width) => {
    const image = { height, width, data: new Uint8Array(height * width * 3) };
    const [y, x] = [Math.floor(height * 0.45), Math.floor(width * 0.6)];
    image.data.fill(255, (y * width + x) * 3, (y * width + x) * 3 + 3);
    const { pixels } = await session.run(feeds(image, size), ["pixels"]);
    const red = (pixels!.data as Float32Array).slice(0, size * size);
    const { back } = await session.run(feeds(image, size, red), ["back"]);
    const { row, column } = centroid(back!.data as Float32Array, width);
    expect(Math.abs(row - y)).toBeLessThan(1);
    expect(Math.abs(column - x)).toBeLessThan(1);
  });

  /** First and last pixel along a side whose centre the network saw. */
  function inspectedRange(side: number, height: number, width: number): [number, number] {
    if (fit !== "crop") return [0, side - 1];
    const fitted = Math.round((side * preprocessing.resize) / Math.min(height, width));
    const start = Math.trunc((fitted - size) / 2);
    const seen = Array.from({ length: side }, (_, i) => ((i + 0.5) * fitted) / side).map(
      (centre) => centre >= start && centre <= start + size,
    );
    return [seen.indexOf(true), seen.lastIndexOf(true)];
  }
});

test("pad: only the part that shows the image counts as inspected", async () => {
  const session = await open({ fit: "pad", size: 32 });
  const ramp = Float32Array.from({ length: 32 * 32 }, (_, i) => Math.floor(i / 32));
  const { inspected } = await session.run(feeds(noise(10, 20), 32, ramp));
  expect(inspected!.dims).toEqual([1, 1, 16, 32]);
  expect(inspected!.data[0]).toBe(8);
  expect(inspected!.data.at(-1)).toBe(23);
  await session.close();
});

function within(at: number, [first, last]: readonly [number, number]): boolean {
  return at >= first && at <= last && first >= 0;
}

function centroid(map: Float32Array, width: number): { row: number; column: number } {
  let [row, column, total] = [0, 0, 0];
  for (const [i, value] of map.entries()) {
    if (Number.isNaN(value)) continue;
    row += Math.floor(i / width) * value;
    column += (i % width) * value;
    total += value;
  }
  return { row: row / total, column: column / total };
}

describe("a region of interest", () => {
  const SIDE = 64;
  const fits: Preprocessing[] = [
    { fit: "stretch", size: SIDE },
    { fit: "pad", size: SIDE },
    { fit: "crop", size: SIDE, resize: 70 },
  ];

  test.each(fits)(
    "of the image's size is fitted as a white and black image is: $fit",
    async (preprocessing) => {
      for (const [height, width] of [
        [64, 64],
        [90, 70],
        [31, 47],
      ] as const) {
        const random = new Random(height, width, "region");
        const data = Uint8Array.from({ length: height * width }, () => random.integer(2));
        const graph = new Graph();
        const { pixels, region } = preprocess(imageInput(graph), preprocessing);
        const { seen, inImage } = region({ width, height, data });
        graph.output("pixels", pixels);
        graph.output("seen", seen);
        graph.output("in_image", inImage);
        const session = await nodeRuntime({ threads: 1 }).open(encodeModel(graph));
        const rgb = Uint8Array.from({ length: 3 * data.length }, (_, i) => 255 * data[Math.floor(i / 3)]!);
        const results = await session.run({ image: { dtype: "uint8", dims: [height, width, 3], data: rgb } });
        await session.close();
        expect(Array.from(results.in_image!.data as Float32Array)).toEqual(Array.from(data));
        const shown = Array.from(results.pixels!.data as Float32Array).slice(0, SIDE * SIDE);
        const scale = preprocessing.fit === "pad" ? SIDE / Math.max(height, width) : 1;
        const [rows, columns] = [height, width].map((side) => Math.round(side * scale));
        const beside = (at: number, side: number) => at < (SIDE - side) / 2 || at >= (SIDE + side) / 2;
        for (const [i, share] of (results.seen!.data as Float32Array).entries()) {
          const [y, x] = [Math.floor(i / SIDE), i % SIDE];
          const padded = preprocessing.fit === "pad" && (beside(y, rows!) || beside(x, columns!));
          if (padded) expect(share).toBe(0);
          else expect(255 * share).toBeCloseTo(shown[i]!, 2);
        }
      }
    },
  );
});
