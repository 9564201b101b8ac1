import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Backbone, OnnxBackboneSpec } from "../src/backbones/index.ts";
import type { Sample } from "../src/datasets/index.ts";
import { concat, conv2d, encodeModel, float32, Graph, mul, relu, type Value } from "../src/graph/index.ts";
import { encodePng, type Image } from "../src/images/index.ts";
import { cellGrid } from "../src/pixels/index.ts";
import { Random } from "../src/random.ts";
import { type HybridRecipe, METHODS, recipe, type TrainedRecipe } from "../src/recipes/index.ts";

export const SIZE = 32;

/** A recipe under which a step takes milliseconds. */
export function tinyRecipe(overrides: Readonly<Record<string, unknown>> = {}): TrainedRecipe {
  return recipe("noise", {
    preprocessing: { fit: "stretch", size: SIZE },
    "discriminator.hidden": [5],
    length: { steps: 6 },
    batch: 2,
    patches: 16,
    ...overrides,
  });
}

/** The default recipe, made as small. */
export function tinyDefault(overrides: Readonly<Record<string, unknown>> = {}): HybridRecipe {
  return recipe(METHODS.hybrid, {
    preprocessing: { fit: "stretch", size: SIZE },
    "whitening.components": 6,
    "painting.images": 12,
    memory: { vectors: 60, components: 4 },
    "discriminator.hidden": [16],
    "length.steps": 6,
    patches: 64,
    ...overrides,
  });
}

/**
 * A frozen network of two random convolutions, taps [5, 8, 8] and [4, 4, 4], the last channel of the first one always 0.
 * `gain` multiplies its features.
 */
export function tinyBackbone(gain = 1): Backbone {
  return {
    name: "tiny",
    source: "a test",
    licence: "Apache-2.0",
    sha256: "0".repeat(64),
    taps: [
      { name: "first", channels: 5, height: 8, width: 8, grid: cellGrid(8, 8) },
      { name: "second", channels: 4, height: 4, width: 4, grid: cellGrid(4, 4) },
    ],
    parameters: 260,
    size: SIZE,
    build(pixels) {
      const scaled = mul(pixels, 1 / 255);
      const live = relu(convolution(scaled, 3, 4, 4));
      const first = concat([live, mul(oneChannel(live), 0)], 1);
      const second = relu(convolution(live, 4, 4, 2));
      return [mul(first, gain), mul(second, gain)];
    },
  };
}

/**
 * Writes the same network as `backbone.onnx`, for pixels 0..255, RGB, with the outputs `first` and `second`, and returns how
 * it is described.
 */
export async function writeTinyBackbone(folder: string): Promise<OnnxBackboneSpec> {
  const graph = new Graph("tiny");
  const [first, second] = tinyBackbone().build(graph.input("image", "float32", ["N", 3, SIZE, SIZE]));
  graph.output("first", first!);
  graph.output("second", second!);
  const file = join(folder, "backbone.onnx");
  await writeFile(file, encodeModel(graph));
  return {
    kind: "onnx",
    file,
    taps: ["first", "second"],
    normalisation: { channels: "rgb", scale: 1, mean: [0, 0, 0], std: [1, 1, 1] },
  };
}

function convolution(x: Value, inputs: number, outputs: number, stride: number): Value {
  const data = new Random(7, inputs, outputs, stride).fillNormal(
    new Float32Array(outputs * inputs * stride * stride),
    1 / Math.sqrt(inputs * stride),
  );
  return conv2d(x, x.graph.constant(float32(data, [outputs, inputs, stride, stride])), undefined, { stride });
}

/** The mean of four channels. */
function oneChannel(x: Value): Value {
  return conv2d(x, x.graph.constant(float32([0.25, 0.25, 0.25, 0.25], [1, 4, 1, 1])));
}

/** A picture that looks much like every other one of the same kind, with noise of its own. */
export function tinyImage(index: number, { defect = false, side = 40 } = {}): Image {
  const random = new Random(1, "image", index);
  const data = new Uint8Array(side * side * 3);
  for (let i = 0; i < data.length; i++) {
    const [y, x] = [Math.floor(i / (3 * side)), Math.floor(i / 3) % side];
    const stripe = 90 + 50 * Math.sin(x / 3) + 10 * (i % 3);
    const spot = defect && Math.hypot(y - 20, x - 20) < 6 ? 90 : 0;
    data[i] = Math.max(0, Math.min(255, stripe + spot + random.normal(0, 8)));
  }
  return { width: side, height: side, data };
}

export interface TinyFolder {
  readonly path: string;
  /** The folder of the images, below `path`. */
  readonly data: string;
  readonly samples: readonly Sample[];
  remove(): Promise<void>;
}

/** A temporary folder with `count` good images below it. */
export async function tinyFolder(count: number): Promise<TinyFolder> {
  const path = await mkdtemp(join(tmpdir(), "rsad-tiny-"));
  const data = join(path, "data");
  await mkdir(data);
  const samples: Sample[] = [];
  for (let i = 0; i < count; i++) {
    const name = `${String(i).padStart(3, "0")}.png`;
    samples.push({ path: join(data, name), name, type: "good" });
    await writeFile(join(data, name), await encodePng(tinyImage(i)));
  }
  return { path, data, samples, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Writes a mask as `rhombus.json`: a rhombus in the middle of every image. */
export async function writeRhombus(folder: string): Promise<string> {
  const path = join(folder, "rhombus.json");
  const polygon = [
    [0.5, 0.1],
    [0.9, 0.5],
    [0.5, 0.9],
    [0.1, 0.5],
  ];
  await writeFile(path, JSON.stringify({ polygons: [polygon] }));
  return path;
}
