import { readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type TinyFolder, tinyBackbone, tinyFolder, tinyRecipe } from "../../test/tiny.ts";
import { encodeModel, nodeRuntime, type Tensor } from "../graph/index.ts";
import { decodeImage } from "../images/index.ts";
import { cellGrid } from "../pixels/index.ts";
import { featureGraph } from "./feature-graph.ts";
import { FeatureStore, type FeatureStoreRequest } from "./feature-store.ts";

const disk = vi.hoisted(() => ({ free: undefined as number | undefined }));
vi.mock("../files.ts", async (importOriginal) => {
  const real = await importOriginal<typeof import("../files.ts")>();
  return { ...real, freeBytes: async (folder: string) => disk.free ?? real.freeBytes(folder) };
});

const COUNT = 5;
const runtime = nodeRuntime({ threads: 1 });
let images: TinyFolder;
let state: TinyFolder;
let folder: string;
/** The levels of each image, by a plain run of the feature graph. */
const direct: Tensor[][] = [];

beforeAll(async () => {
  images = await tinyFolder(COUNT);
  const { graph, levels } = featureGraph(tinyBackbone(), tinyRecipe());
  for (const [i, level] of levels.entries()) graph.output(`level${i}`, level);
  const session = await runtime.open(encodeModel(graph));
  for (const { path } of images.samples) {
    const { width, height, data } = await decodeImage(path);
    const results = await session.run({ image: { dtype: "uint8", dims: [height, width, 3], data } });
    direct.push([results.level0!, results.level1!]);
  }
  await session.close();
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

const missing = (path: string) =>
  stat(path).then(
    () => false,
    () => true,
  );
const file = () => join(folder, "features.bin");
const mismatch = expect.objectContaining({ code: "RSAD_CHECKPOINT_MISMATCH" });

describe("a store", () => {
  test("gives back each image's levels, in any order and more than once", async () => {
    const store = await FeatureStore.open(request());
    expect(store.levels).toEqual([
      { channels: 5, height: 8, width: 8, grid: cellGrid(8, 8) },
      { channels: 4, height: 4, width: 4, grid: cellGrid(4, 4) },
    ]);
    const order = [3, 0, 3];
    for (const [i, level] of (await store.read(order)).entries()) {
      const { channels, height, width } = store.levels[i]!;
      expect(level.dims).toEqual([3, channels, height, width]);
      const expected = order.flatMap((image) => Array.from(direct[image]![i]!.data as Float32Array));
      expect(Array.from(level.data as Float32Array)).toEqual(expected);
    }
    await store.close();
  });

  test("knows each channel's mean and deviation over all patches of the images asked for", async () => {
    const store = await FeatureStore.open(request());
    for (const chosen of [
      [0, 1, 2, 3, 4],
      [2, 4],
    ]) {
      const { mean, deviation } = await store.statistics(chosen);
      const channels = [0, 1].flatMap((level) => {
        const { channels, height, width } = store.levels[level]!;
        return Array.from({ length: channels }, (_, c) =>
          chosen.flatMap((image) =>
            Array.from(
              (direct[image]![level]!.data as Float32Array).subarray(
                c * height * width,
                (c + 1) * height * width,
              ),
            ),
          ),
        );
      });
      expect(mean).toHaveLength(channels.length);
      for (const [c, values] of channels.entries()) {
        const average = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length;
        expect(mean[c]).toBeCloseTo(average, 5);
        expect(deviation[c]).toBeCloseTo(Math.sqrt(variance), 4);
      }
      // The channel that never varies.
      expect([mean[4], deviation[4]]).toEqual([0, 0]);
    }
    await store.close();
  });

  test("float16 halves the levels at a relative error of 2^-11", async () => {
    const whole = await FeatureStore.open(request());
    const half = await FeatureStore.open(request({ folder: `${folder}16`, precision: "float16" }));
    expect(half.recordBytes).toBe((whole.recordBytes - 72) / 2 + 72);
    const [exact, rounded] = [(await whole.read([1]))[0]!, (await half.read([1]))[0]!];
    expect(rounded).toMatchObject({ dtype: "float16", dims: [1, 5, 8, 8] });
    for (const [i, bits] of (rounded.data as Uint16Array).entries()) {
      const value = Number(exact.data[i]);
      expect(Math.abs(fromHalf(bits) - value)).toBeLessThanOrEqual(Math.abs(value) * 2 ** -11 + 2 ** -25);
    }
    await whole.close();
    await half.close();
  });
});

describe("going on", () => {
  test("computes nothing twice", async () => {
    await (await FeatureStore.open(request())).close();
    const decoded: number[] = [];
    const store = await FeatureStore.open(
      request({ onProgress: ({ done }) => decoded.push(done), samples: images.samples }),
    );
    expect(decoded).toEqual([]);
    await store.close();
  });

  test.each(["a whole record", "half a record", "one byte"])("after %s at the end", async (what) => {
    const whole = await FeatureStore.open(request());
    const { recordBytes } = whole;
    await whole.close();
    const bytes = await readFile(file());
    const rest = { "a whole record": 0, "half a record": recordBytes >> 1, "one byte": 1 }[what]!;
    await truncate(file(), 2 * recordBytes + rest);
    const progress: number[] = [];
    const store = await FeatureStore.open(request({ onProgress: ({ done }) => progress.push(done) }));
    await store.close();
    expect(progress).toEqual([2, 3, 4, 5]);
    expect((await readFile(file())).equals(bytes)).toBe(true);
  });

  test.each<[string, () => Partial<FeatureStoreRequest>]>([
    ["other images", () => ({ fingerprint: "others" })],
    ["another backbone", () => ({ backbone: tinyBackbone(2) })],
    [
      "another input size or fit",
      () => ({ recipe: tinyRecipe({ preprocessing: { fit: "pad", size: 32 } }) }),
    ],
    ["another aggregation", () => ({ recipe: tinyRecipe({ "aggregation.neighbourhood": 1 }) })],
    ["another precision", () => ({ precision: "float16" })],
  ])("is refused with %s, and leaves the features alone", async (_name, change) => {
    await (await FeatureStore.open(request())).close();
    const before = await readFile(file());
    await expect(FeatureStore.open(request(change()))).rejects.toThrow(mismatch);
    expect((await readFile(file())).equals(before)).toBe(true);
  });

  test("other settings of training do not matter", async () => {
    const store = await FeatureStore.open(request());
    const again = await FeatureStore.open(
      request({ recipe: tinyRecipe({ "noise.deviation": 3, batch: 1 }) }),
    );
    expect(again.key).toBe(store.key);
    await store.close();
    await again.close();
  });

  test("a file that was cut off meanwhile is noticed when it is read", async () => {
    const store = await FeatureStore.open(request());
    await truncate(file(), 10);
    await expect(store.read([0])).rejects.toThrow(mismatch);
    await store.close();
  });
});

describe("a failure", () => {
  test("a disk that is too small is told before anything is written", async () => {
    disk.free = 2 ** 20;
    await expect(FeatureStore.open(request())).rejects.toMatchObject({
      code: "RSAD_DISK_FULL",
      subject: folder,
      received: "1 MiB free",
    });
    expect(await missing(folder)).toBe(true);
  });

  test("of the first image leaves no folder", async () => {
    const broken = join(state.path, "broken.png");
    await writeFile(broken, "no image");
    const samples = [{ path: broken, name: "broken.png", type: "good" }, ...images.samples];
    await expect(FeatureStore.open(request({ samples }))).rejects.toMatchObject({
      code: "RSAD_IMAGE_INVALID",
    });
    expect(await missing(folder)).toBe(true);
  });

  test("of a later image keeps what is there", async () => {
    const broken = join(state.path, "broken.png");
    await writeFile(broken, "no image");
    const samples = [...images.samples.slice(0, 2), { path: broken, name: "broken.png", type: "good" }];
    await expect(FeatureStore.open(request({ samples }))).rejects.toMatchObject({
      code: "RSAD_IMAGE_INVALID",
    });
    expect((await stat(file())).size).toBeGreaterThan(0);
  });

  test("an abort throws the signal's own reason", async () => {
    const abort = new AbortController();
    const reason = new Error("enough");
    const onProgress = ({ done }: { done: number }) => done === 2 && abort.abort(reason);
    await expect(FeatureStore.open(request({ signal: abort.signal, onProgress }))).rejects.toBe(reason);
    const progress: number[] = [];
    await (await FeatureStore.open(request({ onProgress: ({ done }) => progress.push(done) }))).close();
    expect(progress[0]).toBe(2);
  });
});

function fromHalf(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -size : size;
}
