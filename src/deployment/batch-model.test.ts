import { expect, test } from "vitest";
import { nodeRuntime, type Tensors } from "../graph/index.ts";
import { decodeMetadata, fullModel } from "../model/index.ts";
import { imageOf, meanModel } from "../model/testing/mean-model.ts";
import { batchModel } from "./batch-model.ts";

const runtime = nodeRuntime({ threads: 1 });

async function outputs(bytes: Uint8Array, feeds: Tensors): Promise<Tensors> {
  const session = await runtime.open(bytes);
  try {
    return await session.run(feeds);
  } finally {
    await session.close();
  }
}

test("gives of each image what the image gives alone, for batches and images of any size", async () => {
  const full = fullModel(meanModel(), "m");
  const batch = batchModel(full);
  for (const [count, width, height] of [
    [3, 4, 3],
    [1, 9, 2],
    [8, 5, 5],
  ] as const) {
    const images = Array.from({ length: count }, (_, i) => imageOf(20 + 30 * (i % 4), width, height));
    const data = Uint8Array.from(images.flatMap((image) => Array.from(image.data)));
    const together = await outputs(batch, {
      images: { dtype: "uint8", dims: [count, height, width, 3], data },
    });
    expect(together.anomaly_map!.dims).toEqual([count, height, width]);
    for (const [i, image] of images.entries()) {
      const alone = await outputs(full, {
        image: { dtype: "uint8", dims: [height, width, 3], data: image.data },
      });
      for (const name of ["score", "p_value", "decision", "anomaly_map"]) {
        const { data: own } = alone[name]!;
        const { data: all } = together[name]!;
        expect(all.slice(i * own.length, (i + 1) * own.length)).toEqual(own);
      }
    }
  }
});

test("is no model to inspect, to calibrate or to make other forms of", () => {
  const batch = batchModel(fullModel(meanModel(), "m"));
  const refused = expect.objectContaining({
    code: "RSAD_MODEL_INVALID",
    message: expect.stringMatching(/single images for b\.onnx but received .* batches/),
  });
  expect(() => decodeMetadata(batch, "b.onnx")).toThrow(refused);
  expect(() => fullModel(batch, "b.onnx")).toThrow(refused);
});
