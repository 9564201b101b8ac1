import { stat } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type TinyFolder, tinyBackbone, tinyFolder, tinyRecipe } from "../../test/tiny.ts";
import { nodeRuntime } from "../graph/index.ts";
import { patchCovariance } from "./covariance.ts";
import { FeatureStore } from "./feature-store.ts";
import { FeatureStream } from "./feature-stream.ts";

const images = Array.from({ length: 12 }, (_, i) => i);
const runtime = nodeRuntime({ threads: 1 });
let tiny: TinyFolder;
let folder: string;

beforeEach(async () => {
  tiny = await tinyFolder(images.length);
  folder = join(tiny.path, "state");
});
afterEach(() => tiny.remove());

function open(from: typeof FeatureStore | typeof FeatureStream, signal?: AbortSignal) {
  return from.open({
    folder,
    samples: tiny.samples,
    fingerprint: "images",
    backbone: tinyBackbone(),
    recipe: tinyRecipe(),
    precision: "float32",
    runtime,
    signal,
  });
}

test.each([
  ["store", FeatureStore],
  ["stream", FeatureStream],
] as const)("tells each image of a %s, both times it is read", async (_, from) => {
  const store = await open(from);
  const seen: [number, number][] = [];
  await patchCovariance({
    store,
    images,
    runtime,
    onProgress: ({ done, total }) => seen.push([done, total]),
  });
  expect(seen).toEqual(Array.from({ length: 25 }, (_, done) => [done, 24]));
  await store.close();
});

test("an abort ends a stream's first reading: no more than is under way passes the network", async () => {
  const abort = new AbortController();
  const reason = new Error("enough");
  const stream = await open(FeatureStream, abort.signal);
  const onProgress = ({ done }: { done: number }) => done === 2 && abort.abort(reason);
  const run = patchCovariance({ store: stream, images, runtime, onProgress, signal: abort.signal });
  await expect(run).rejects.toBe(reason);
  // Two passed, four more under way, of 1,608 bytes each.
  expect((await stat(join(folder, "some-features.bin"))).size).toBeLessThanOrEqual(6 * 1608);
  await stream.close();
});
