import { mkdir, readdir, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type TinyFolder, tinyBackbone, tinyFolder, tinyRecipe } from "../../test/tiny.ts";
import { nodeRuntime } from "../graph/index.ts";
import type { FeatureSource } from "./feature-source.ts";
import { FeatureStore, type FeatureStoreRequest } from "./feature-store.ts";
import { FeatureStream, KEPT_IMAGES } from "./feature-stream.ts";

const disk = vi.hoisted(() => ({ free: undefined as number | undefined }));
vi.mock("../files.ts", async (importOriginal) => {
  const real = await importOriginal<typeof import("../files.ts")>();
  return { ...real, freeBytes: async (folder: string) => disk.free ?? real.freeBytes(folder) };
});

const COUNT = KEPT_IMAGES + 3;
const ALL = Array.from({ length: COUNT }, (_, i) => i);
const runtime = nodeRuntime({ threads: 1 });
let images: TinyFolder;
let state: TinyFolder;
let folder: string;

beforeAll(async () => {
  images = await tinyFolder(COUNT);
});
afterAll(() => images.remove());
beforeEach(async () => {
  state = await tinyFolder(0);
  folder = join(state.path, "state");
});
afterEach(async () => {
  disk.free = undefined;
  await state.remove();
});

function request(change: Partial<FeatureStoreRequest> = {}): FeatureStoreRequest {
  return {
    folder,
    samples: images.samples,
    fingerprint: "images",
    backbone: tinyBackbone(),
    recipe: tinyRecipe(),
    precision: "float32",
    runtime,
    ...change,
  };
}

async function gather(source: FeatureSource, from: readonly number[]) {
  const gathered = [];
  for await (const levels of source.each(from)) gathered.push(levels);
  return gathered;
}

describe("a stream gives what a store gives, to the bit", () => {
  test.each(["float32", "float16"] as const)(
    "in %s, the first images and others, once and again",
    async (precision) => {
      const store = await FeatureStore.open(request({ folder: `${folder}-all`, precision }));
      const stream = await FeatureStream.open(request({ precision }));
      const { key, levels, channels } = store;
      expect(stream).toMatchObject({ key, levels, channels, precision });
      const some = [COUNT - 1, 0, 5, 3, COUNT - 1];
      expect(await stream.statistics(some)).toEqual(await store.statistics(some));
      expect(await gather(stream, some)).toEqual(await gather(store, some));
      const backwards = [...ALL].reverse();
      for (let pass = 0; pass < 2; pass++) {
        expect(await gather(stream, backwards)).toEqual(await gather(store, backwards));
        expect(await stream.statistics(ALL)).toEqual(await store.statistics(ALL));
      }
      await stream.close();
      await store.close();
    },
  );
});

test("the first images read are kept, on a space that more images do not enlarge, and that is given back", async () => {
  const { recordBytes, close } = await store();
  await close();
  const stream = await FeatureStream.open(request());
  await stream.statistics(ALL);
  await gather(stream, ALL);
  expect((await stat(join(folder, "some-features.bin"))).size).toBe(KEPT_IMAGES * recordBytes);
  const moved = `${images.data}-elsewhere`;
  await rename(images.data, moved);
  try {
    const kept = ALL.slice(0, KEPT_IMAGES);
    expect(await gather(stream, kept)).toHaveLength(KEPT_IMAGES);
    await expect(gather(stream, [COUNT - 1])).rejects.toThrow();
  } finally {
    await rename(moved, images.data);
  }
  await stream.close();
  expect(await readdir(folder)).toEqual(["features.key"]);
});

test("what a killed run has kept is not taken for the features of other images", async () => {
  const killed = await FeatureStream.open(request());
  const [expected] = await gather(killed, [0]);
  await gather(killed, [1, 2]);
  const next = await FeatureStream.open(request());
  await gather(next, [2, 1]);
  expect(await gather(next, [0])).toEqual([expected]);
  await killed.close();
  await next.close();
});

describe("a failure", () => {
  test("a disk that is too small for what is kept is told at once; another run's state stays", async () => {
    disk.free = 2 ** 20;
    const full = { code: "RSAD_DISK_FULL", subject: folder, received: "1 MiB free" };
    await expect(FeatureStream.open(request())).rejects.toMatchObject(full);
    await expect(stat(folder)).rejects.toThrow();
    disk.free = undefined;
    await (await FeatureStream.open(request())).close();
    await writeFile(join(folder, "checkpoint.safetensors"), "mine");
    disk.free = 2 ** 20;
    await expect(FeatureStream.open(request())).rejects.toMatchObject(full);
    expect((await readdir(folder)).sort()).toEqual(["checkpoint.safetensors", "features.key"]);
  });

  test("the state of other images is refused and left alone", async () => {
    const running = await FeatureStream.open(request());
    await gather(running, [0]);
    await expect(FeatureStream.open(request({ fingerprint: "others" }))).rejects.toMatchObject({
      code: "RSAD_CHECKPOINT_MISMATCH",
    });
    expect((await readdir(folder)).sort()).toEqual(["features.key", "some-features.bin"]);
    await running.close();
  });

  test("what is in the way of the kept features is told, and stays, as does nothing else", async () => {
    const path = join(folder, "some-features.bin");
    await mkdir(path, { recursive: true });
    await expect(FeatureStream.open(request())).rejects.toMatchObject({
      code: "RSAD_FILE_FAILED",
      subject: path,
    });
    expect(await readdir(folder)).toEqual(["some-features.bin"]);
  });

  test("kept features that cannot be removed at the end are no failure", async () => {
    const stream = await FeatureStream.open(request());
    await gather(stream, [0]);
    const path = join(folder, "some-features.bin");
    await rename(path, `${path}-elsewhere`);
    await mkdir(path);
    await stream.close();
    expect((await stat(path)).isDirectory()).toBe(true);
  });

  test("of an image is met whenever that is read, and harms no other", async () => {
    const broken = join(state.path, "broken.png");
    await writeFile(broken, "no image");
    const samples = [{ path: broken, name: "broken.png", type: "good" }, ...images.samples];
    const stream = await FeatureStream.open(request({ samples }));
    for (let time = 0; time < 2; time++) {
      await expect(gather(stream, [1, 0, 2])).rejects.toMatchObject({ code: "RSAD_IMAGE_INVALID" });
    }
    expect(await gather(stream, [1, 2])).toHaveLength(2);
    await stream.close();
  });

  test("an abort throws the signal's own reason", async () => {
    const abort = new AbortController();
    const stream = await FeatureStream.open(request({ signal: abort.signal }));
    await gather(stream, [0]);
    const reason = new Error("enough");
    abort.abort(reason);
    await expect(gather(stream, [1])).rejects.toBe(reason);
    await stream.close();
  });
});

async function store() {
  const opened = await FeatureStore.open(request({ folder: `${folder}-store` }));
  return { recordBytes: opened.recordBytes, close: () => opened.close() };
}
