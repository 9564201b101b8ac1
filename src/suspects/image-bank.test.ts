import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeModel, float32, Graph, nodeRuntime } from "../graph/index.ts";
import { Random } from "../random.ts";
import { distanceToImages, type ImageBank } from "./image-bank.ts";

async function distances(rows: Float32Array, bank: ImageBank, rank: number): Promise<number[]> {
  const graph = new Graph();
  const x = graph.input("x", "float32", [rows.length / bank.width, bank.width]);
  graph.output("distances", distanceToImages(x, bank, rank));
  const session = await nodeRuntime({ threads: 1 }).open(encodeModel(graph));
  const feeds = { x: float32(rows, [rows.length / bank.width, bank.width]) };
  const result = await session.run(feeds);
  await session.close();
  return Array.from(result.distances!.data as Float32Array);
}

/** Each image's nearest vector, the images in order of it. */
function byHand(row: ArrayLike<number>, { vectors, width, perImage }: ImageBank, rank: number): number {
  const nearest = new Array<number>(vectors.length / width / perImage).fill(Number.POSITIVE_INFINITY);
  for (let at = 0; at < vectors.length; at += width) {
    const image = Math.floor(at / width / perImage);
    let square = 0;
    for (let i = 0; i < width; i++) square += (row[i]! - vectors[at + i]!) ** 2;
    nearest[image] = Math.min(nearest[image]!, Math.sqrt(square));
  }
  return nearest.sort((a, b) => a - b)[rank - 1]!;
}

test("is the distance to the image that comes so many-th, over as many products as it takes", async () => {
  const shapes = fc.record({
    images: fc.integer({ min: 1, max: 90 }),
    perImage: fc.constantFrom(1, 3, 7, 300),
    width: fc.integer({ min: 1, max: 5 }),
    seed: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(shapes, async ({ images, perImage, width, seed }) => {
      const random = new Random(seed);
      const vectors = random.fillNormal(new Float32Array(images * perImage * width));
      const rows = random.fillNormal(new Float32Array(4 * width));
      const rank = 1 + random.integer(images);
      const found = await distances(rows, { vectors, width, perImage }, rank);
      for (const [i, distance] of found.entries()) {
        const row = rows.subarray(i * width, (i + 1) * width);
        expect(distance).toBeCloseTo(byHand(row, { vectors, width, perImage }, rank), 3);
      }
    }),
    { numRuns: 15 },
  );
});

test("a defect that one other image has, in many patches, excuses nothing from rank 2 on", async () => {
  const vectors = Float32Array.from([0, 1, 0, 1, 9, 9, 9, 9, 0, 2, 0, 2]);
  const bank = { vectors, width: 1, perImage: 4 };
  expect(await distances(new Float32Array([9]), bank, 1)).toEqual([0]);
  expect(await distances(new Float32Array([9]), bank, 2)).toEqual([7]);
});
