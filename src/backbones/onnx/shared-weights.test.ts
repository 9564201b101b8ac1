import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { encodeModel, float32, Graph, nodeRuntime } from "../../graph/index.ts";
import { Random } from "../../random.ts";
import { openOnnx } from "./open-onnx.ts";

// Larger networks than a repository holds, of operator set 13; without them there is nothing to test here.
const networks = ["resnet18", "resnet50"].map((name) => ({
  name,
  file: fileURLToPath(new URL(`../../../../shared/weights/${name}_imagenet_layer123.onnx`, import.meta.url)),
}));

for (const { name, file } of networks) {
  test.skipIf(!existsSync(file))(`${name} gives the same features within our graph as alone`, async () => {
    const size = 64;
    const taps = ["layer2", "layer3"];
    const normalisation = { channels: "rgb", scale: 1, mean: [0, 0, 0], std: [1, 1, 1] } as const;
    const backbone = await openOnnx({ kind: "onnx", file, taps, normalisation }, size);
    expect(backbone.taps.map(({ height }) => height)).toEqual([8, 4]);

    const graph = new Graph();
    const built = backbone.build(graph.input("pixels", "float32", ["n", 3, size, size]));
    for (const [i, value] of built.entries()) graph.output(taps[i]!, value);
    const data = new Random(1, "image").fillNormal(new Float32Array(3 * size * size), 50);
    const pixels = float32(data, [1, 3, size, size]);
    const runtime = nodeRuntime({ threads: 1 });
    const ours = await runtime.open(encodeModel(graph));
    const alone = await runtime.open(await readFile(file));
    const [got, wanted] = [await ours.run({ pixels }), await alone.run({ input: pixels }, taps)];
    await Promise.all([ours.close(), alone.close()]);
    for (const tap of taps) {
      const [a, b] = [got[tap]!.data as Float32Array, wanted[tap]!.data as Float32Array];
      const scale = b.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
      expect(a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0)).toBeLessThan(
        1e-5 * scale,
      );
    }
  });
}
