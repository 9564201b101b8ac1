import { expect, test } from "vitest";
import { encodeModel, float32, Graph, nodeRuntime } from "../graph/index.ts";
import { Random } from "../random.ts";
import { smooth } from "./smooth.ts";

const [HEIGHT, WIDTH] = [9, 13];
const map = new Random(0, "map").fillNormal(new Float32Array(HEIGHT * WIDTH));

async function run(deviation: number): Promise<Float32Array> {
  const graph = new Graph();
  graph.output("y", smooth(graph.input("x", "float32", [1, 1, HEIGHT, WIDTH]), deviation));
  const session = await nodeRuntime({ threads: 1 }).open(encodeModel(graph));
  const { y } = await session.run({ x: float32(map, [1, 1, HEIGHT, WIDTH]) });
  await session.close();
  expect(y!.dims).toEqual([1, 1, HEIGHT, WIDTH]);
  return y!.data as Float32Array;
}

/** The weighted mean over the whole neighbourhood, pixel by pixel; beyond the border stands the border's value. */
function direct(deviation: number): number[] {
  const radius = Math.round(4 * deviation);
  const clamp = (at: number, size: number) => Math.min(Math.max(at, 0), size - 1);
  return Array.from(map, (_, i) => {
    const [y, x] = [Math.floor(i / WIDTH), i % WIDTH];
    let [sum, total] = [0, 0];
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        const weight = Math.exp(-(dy * dy + dx * dx) / (2 * deviation * deviation));
        sum += weight * map[clamp(y + dy, HEIGHT) * WIDTH + clamp(x + dx, WIDTH)]!;
        total += weight;
      }
    }
    return sum / total;
  });
}

test.each([0.5, 1, 2.6, 4])("is a Gaussian of deviation %d", async (deviation) => {
  const expected = direct(deviation);
  for (const [i, value] of (await run(deviation)).entries()) expect(value).toBeCloseTo(expected[i]!, 5);
});

test("a deviation of 0 changes nothing", async () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [1, 1, 2, 2]);
  expect(smooth(x, 0)).toBe(x);
});

test("a deviation so small that neighbours weigh nothing gives the map itself", async () => {
  expect(await run(0.01)).toEqual(map);
});
