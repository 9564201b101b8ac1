import { expect, test } from "vitest";
import { encodeModel, float32, Graph, interpolationMatrix, nodeRuntime } from "../graph/index.ts";
import { cellGrid } from "../pixels/index.ts";
import { Random } from "../random.ts";
import { smoothMap } from "./smooth-map.ts";

const SIZE = 12;

async function run(
  map: Float32Array,
  height: number,
  width: number,
  deviation: number,
  grid = cellGrid(height, width),
) {
  const graph = new Graph();
  const x = graph.input("x", "float32", [1, 1, height, width]);
  graph.output("y", smoothMap(x, grid, SIZE, deviation));
  const session = await nodeRuntime({ threads: 1 }).open(encodeModel(graph));
  const { y } = await session.run({ x: float32(map, [1, 1, height, width]) });
  await session.close();
  expect(y!.dims).toEqual([1, 1, SIZE, SIZE]);
  return y!.data as Float32Array;
}

const randomMap = (height: number, width: number) =>
  new Random(0, "map", height, width).fillNormal(new Float32Array(height * width));

/** Each pixel's value between the patches around it. */
function upsampled(map: Float32Array, height: number, width: number): number[] {
  const rows = interpolationMatrix(height, SIZE);
  const columns = interpolationMatrix(width, SIZE);
  return Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [y, x] = [Math.floor(i / SIZE), i % SIZE];
    let sum = 0;
    for (const [at, value] of map.entries()) {
      sum += rows[y * height + Math.floor(at / width)]! * columns[x * width + (at % width)]! * value;
    }
    return sum;
  });
}

/** The weighted mean over the whole neighbourhood, pixel by pixel; beyond the border stands the border's value. */
function smoothed(map: readonly number[], deviation: number): number[] {
  const radius = Math.round(4 * deviation);
  const clamp = (at: number) => Math.min(Math.max(at, 0), SIZE - 1);
  return map.map((_, i) => {
    const [y, x] = [Math.floor(i / SIZE), i % SIZE];
    let [sum, total] = [0, 0];
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        const weight = Math.exp(-(dy * dy + dx * dx) / (2 * deviation * deviation));
        sum += weight * map[clamp(y + dy) * SIZE + clamp(x + dx)]!;
        total += weight;
      }
    }
    return sum / total;
  });
}

test.each([
  [4, 3, 0.5],
  [4, 3, 2.6],
  [12, 12, 1],
  [5, 16, 4],
])("is the %d x %d map upsampled, then a Gaussian of deviation %d", async (height, width, deviation) => {
  const map = randomMap(height, width);
  const expected = smoothed(upsampled(map, height, width), deviation);
  const result = await run(map, height, width, deviation);
  for (const [i, value] of result.entries()) expect(value).toBeCloseTo(expected[i]!, 5);
});

test("a deviation of 0, or one so small that neighbours weigh nothing, only upsamples", async () => {
  const map = randomMap(3, 4);
  const sharp = await run(map, 3, 4, 0);
  for (const [i, value] of upsampled(map, 3, 4).entries()) expect(sharp[i]).toBeCloseTo(value, 5);
  expect(await run(map, 3, 4, 0.01)).toEqual(sharp);
  const whole = randomMap(SIZE, SIZE);
  expect(await run(whole, SIZE, SIZE, 0)).toEqual(whole);
});
