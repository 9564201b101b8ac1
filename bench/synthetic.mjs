// What the benchmark works on when it is given no data: images of coloured noise, and a backbone with random weights whose
// features have the sizes that the paper's recipe has with a ResNet-50: 512 channels at an eighth of the input's
// side and 1024 at a sixteenth.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { conv2d, float32, mul, relu } from "../dist/graph/index.js";
import { encodePng } from "../dist/index.js";
import { cellGrid } from "../dist/pixels/index.js";
import { Random } from "../dist/random.js";

export function noiseImage(seed, side) {
  const random = new Random(seed, "image");
  return {
    width: side,
    height: side,
    data: Uint8Array.from({ length: side * side * 3 }, () => random.integer(256)),
  };
}

/** Writes a data set of good images and returns them as samples. */
export async function writeImages(folder, count, side) {
  await mkdir(folder, { recursive: true });
  const samples = [];
  for (let i = 0; i < count; i++) {
    const name = `${String(i).padStart(3, "0")}.png`;
    const path = join(folder, name);
    await writeFile(path, await encodePng(noiseImage(i, side)));
    samples.push({ path, name, type: "good" });
  }
  return samples;
}

const RESNET50 = [
  { channels: 512, stride: 8 },
  { channels: 1024, stride: 16 },
];

export function randomBackbone(size, taps = RESNET50) {
  const levels = taps.map((tap) => ({ ...tap, side: Math.floor(size / tap.stride) }));
  return {
    name: "random",
    source: "the benchmark",
    licence: "none",
    sha256: "",
    size,
    taps: levels.map(({ channels, side }, i) => ({
      name: `level${i}`,
      channels,
      height: side,
      width: side,
      grid: cellGrid(side, side),
    })),
    build: (pixels) =>
      levels.map(({ channels, stride }) => {
        const dims = [channels, 3, stride, stride];
        const weight = new Float32Array(channels * 3 * stride * stride);
        new Random(0, "backbone", stride).fillNormal(weight, 1 / stride);
        return relu(
          conv2d(mul(pixels, 1 / 255), pixels.graph.constant(float32(weight, dims)), undefined, { stride }),
        );
      }),
  };
}
