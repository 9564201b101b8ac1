import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { tinyDefault, tinyImage } from "../../test/tiny.ts";
import { type TinyTraining, tinyTraining } from "../../test/tiny-training.ts";
import { openModel } from "../assessment/index.ts";
import { train } from "../detectors/index.ts";
import { inspect, judgeAgain, load } from "./index.ts";

let training: TinyTraining;
let bytes: Uint8Array;
beforeAll(async () => {
  training = await tinyTraining(8);
  bytes = await readFile((await train(training.request(tinyDefault()))).modelPath);
});
afterAll(() => training.remove());

const server = createServer(({ url }, response) => {
  if (url === "/cut.onnx") {
    response
      .writeHead(200, { "Content-Length": bytes.length })
      .write(bytes.subarray(0, 100), () => response.destroy());
    return;
  }
  if (url !== "/model.onnx") return response.writeHead(404).end();
  response.writeHead(200, { "Content-Length": bytes.length }).end(bytes);
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => server.close());
const address = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

/** Built, these files lie beside rsad's own. */
const folder = dirname(createRequire(import.meta.url).resolve("onnxruntime-web"));
const file = (name: string) => pathToFileURL(join(folder, `ort-wasm-simd-threaded${name}`));
const files = {
  cpu: { mjs: file(".mjs"), wasm: file(".wasm") },
  webgpu: { mjs: file(".asyncify.mjs"), wasm: file(".asyncify.wasm") },
};

test("a model is opened from its address, with word of what has come, or from its bytes", async () => {
  const onProgress = vi.fn();
  const fetched = await load(address("/model.onnx"), { files, onProgress });
  const total = bytes.length;
  expect(onProgress).toHaveBeenLastCalledWith({ phase: "loading", done: total, total });
  const given = await load(bytes, { files });
  expect(given.metadata).toEqual(fetched.metadata);
  const image = tinyImage(3);
  const { score } = await given.score(image);
  expect((await fetched.score(image)).score).toBe(score);
  await Promise.all([given.close(), fetched.close()]);
});

test("a model of whole images is opened for tiles as in Node, and refuses those that it cannot take", async () => {
  const [web, node] = [
    await load(bytes, { files, tile: 24 }),
    await openModel(bytes, { threads: 1, tile: 24 }),
  ];
  const image = tinyImage(3, { side: 60 });
  const [{ score, map }, expected, whole] = [
    await web.score(image),
    await node.score(image),
    await load(bytes, { files }).then((model) => model.score(image)),
  ];
  expect(score).toBeCloseTo(expected.score, 3);
  expect(map.data.length).toBe(60 * 60);
  for (const [i, value] of map.data.entries()) expect(value).toBeCloseTo(expected.map.data[i]!, 3);
  expect(score).not.toBeCloseTo(whole.score, 3);
  await Promise.all([web.close(), node.close()]);
  await expect(load(bytes, { files, tile: 3 })).rejects.toMatchObject({ code: "RSAD_ARGUMENT_INVALID" });
});

test("an image that was scored is judged again without the model", async () => {
  const model = await load(bytes, { files });
  const image = tinyImage(4);
  const inspection = await inspect(model, image);
  const { score, map, seconds } = inspection;
  const { metadata } = model;
  await model.close();
  expect(await judgeAgain(metadata, image, { score, map, seconds })).toEqual(inspection);
  const high = await judgeAgain(metadata, image, { score, map, seconds }, { threshold: score + 1 });
  expect(high.verdict).not.toBe("defect");
  const low = { threshold: score, pixelThreshold: Math.min(...map.data) };
  expect(await judgeAgain(metadata, image, { score, map, seconds }, low)).toMatchObject({
    verdict: "defect",
    regions: [{ x: 0, y: 0, width: image.width, height: image.height }],
  });
});

test("what cannot be loaded is told", async () => {
  await expect(load(address("/none.onnx"), { files })).rejects.toMatchObject({
    code: "RSAD_DOWNLOAD_FAILED",
    received: "status 404",
  });
  await expect(load(address("/cut.onnx"), { files })).rejects.toMatchObject({
    code: "RSAD_DOWNLOAD_FAILED",
    subject: address("/cut.onnx"),
  });
  await expect(load("http://127.0.0.1:9/model.onnx", { files })).rejects.toMatchObject({
    code: "RSAD_DOWNLOAD_FAILED",
  });
  await expect(load(bytes.subarray(0, 100), { files })).rejects.toMatchObject({ code: "RSAD_MODEL_INVALID" });
  const half = new AbortController();
  const onProgress = () => half.abort(new Error("stopped halfway"));
  await expect(load(address("/cut.onnx"), { files, onProgress, signal: half.signal })).rejects.toThrow(
    "stopped halfway",
  );
  const stopped = AbortSignal.abort(new Error("stopped"));
  await expect(load(address("/model.onnx"), { files, signal: stopped })).rejects.toThrow("stopped");
});
