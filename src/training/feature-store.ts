import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Backbone } from "../backbones/index.ts";
import type { Sample } from "../datasets/index.ts";
import { RsadError } from "../errors.ts";
import { fileError, freeBytes, writeFileAtomic } from "../files.ts";
import {
  cast,
  encodeModel,
  type Graph,
  type Runtime,
  reduceMean,
  reshape,
  square,
  sub,
  type Tensor,
  type Tensors,
  type Value,
} from "../graph/index.ts";
import { decodeImage } from "../images/index.ts";
import type { OnProgress } from "../progress.ts";
import type { ChannelMoments } from "../stages/index.ts";
import { featureGraph } from "./feature-graph.ts";
import type { Recipe } from "./recipe.ts";

export interface FeatureStoreRequest {
  readonly folder: string;
  readonly samples: readonly Sample[];
  /** Hash over the samples' names and contents. */
  readonly fingerprint: string;
  readonly backbone: Backbone;
  readonly recipe: Recipe;
  readonly precision: FeaturePrecision;
  readonly runtime: Runtime;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How features are kept; `float16` halves the store and the reading at a relative error of 5e-4. */
export type FeaturePrecision = "float32" | "float16";

/** Dimensions of one level of one image. */
export interface Level {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

const RESERVE = 64 * 2 ** 20;

/**
 * The frozen network's features of every training image, computed once and kept on disk, so that memory does not grow
 * with the number of images. One record an image, in the order of the samples: each level [C, h, w], then the mean and the
 * variance of each channel over the image's patches as float32. A record is there or not: a run that was stopped goes
 * on after the last whole one.
 */
export class FeatureStore {
  readonly levels: readonly Level[];
  readonly precision: FeaturePrecision;
  readonly #file: FileHandle;

  private constructor(file: FileHandle, levels: readonly Level[], precision: FeaturePrecision) {
    this.#file = file;
    this.levels = levels;
    this.precision = precision;
  }

  /**
   * Opens the store in `folder`, computing what is missing. Throws RSAD_DISK_FULL before it starts if the features will
   * not fit, RSAD_CHECKPOINT_MISMATCH if the folder holds features of something else, and whatever decoding throws.
   */
  static async open(request: FeatureStoreRequest): Promise<FeatureStore> {
    const { folder, samples, backbone, recipe, precision } = request;
    await mkdir(folder, { recursive: true }).catch((cause) => {
      throw fileError(cause, folder);
    });
    const { graph, levels: values } = featureGraph(backbone, recipe);
    const levels = values.map((value): Level => {
      const [, channels, height, width] = value.shape as [number, number, number, number];
      return { channels, height, width };
    });
    await claim(folder, storeKey(request));
    const path = join(folder, "features.bin");
    const file = await open(path, "a+").catch((cause) => {
      throw fileError(cause, path);
    });
    const store = new FeatureStore(file, levels, precision);
    try {
      const done = Math.floor((await file.stat()).size / store.recordBytes);
      await file.truncate(done * store.recordBytes);
      if (done < samples.length) {
        const need = (samples.length - done) * store.recordBytes;
        const free = await freeBytes(folder);
        if (free < need + RESERVE) throw tooLittleRoom(folder, need, free);
        for (const [i, value] of values.entries()) addOutputs(graph, i, value, precision);
        await store.#fill(request, encodeModel(graph), done);
      }
      return store;
    } catch (cause) {
      await file.close();
      throw fileError(cause, path);
    }
  }

  get channels(): number {
    return this.levels.reduce((sum, { channels }) => sum + channels, 0);
  }

  get recordBytes(): number {
    return this.levels.reduce((sum, level) => sum + this.#levelBytes(level), 0) + this.channels * 8;
  }

  /** Reads images into one tensor per level, [images, C, h, w]. */
  async read(images: readonly number[]): Promise<Tensor[]> {
    let within = 0;
    const tensors: Tensor[] = [];
    for (const level of this.levels) {
      const bytes = this.#levelBytes(level);
      const buffer = new Uint8Array(images.length * bytes);
      for (const [at, image] of images.entries()) {
        await this.#readInto(
          buffer.subarray(at * bytes, (at + 1) * bytes),
          image * this.recordBytes + within,
        );
      }
      const { channels, height, width } = level;
      const data =
        this.precision === "float16" ? new Uint16Array(buffer.buffer) : new Float32Array(buffer.buffer);
      tensors.push({ dtype: this.precision, dims: [images.length, channels, height, width], data });
      within += bytes;
    }
    return tensors;
  }

  /** Moments over all patches of the given images. A channel that never varies gets a deviation of 1. */
  async statistics(images: readonly number[]): Promise<ChannelMoments> {
    const { channels } = this;
    const mean = new Float64Array(channels);
    const square = new Float64Array(channels);
    const record = new Float32Array(channels * 2);
    for (const image of images) {
      await this.#readInto(new Uint8Array(record.buffer), (image + 1) * this.recordBytes - channels * 8);
      for (let i = 0; i < channels; i++) {
        const average = record[i]!;
        mean[i]! += average / images.length;
        square[i]! += (record[channels + i]! + average * average) / images.length;
      }
    }
    const deviation = mean.map((average, i) => {
      const variance = square[i]! - average * average;
      // Below float32's own resolution of the mean there is nothing but rounding.
      return variance > 1e-12 * average * average ? Math.sqrt(variance) : 1;
    });
    return { mean: Float32Array.from(mean), deviation: Float32Array.from(deviation) };
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #readInto(view: Uint8Array, position: number): Promise<void> {
    const { bytesRead } = await this.#file.read(view, 0, view.length, position);
    if (bytesRead === view.length) return;
    throw new RsadError("RSAD_CHECKPOINT_MISMATCH", {
      subject: "the feature store",
      expected: `${view.length} bytes at ${position}`,
      received: `${bytesRead} bytes`,
      hint: "Delete the state folder and start again.",
    });
  }

  async #fill(request: FeatureStoreRequest, model: Uint8Array, done: number): Promise<void> {
    const { samples, runtime, onProgress, signal } = request;
    const session = await runtime.open(model);
    try {
      const total = samples.length;
      onProgress?.({ phase: "features", done, total });
      for (let i = done; i < total; i++) {
        signal?.throwIfAborted();
        const { width, height, data } = await decodeImage(samples[i]!.path);
        const results = await session.run({ image: { dtype: "uint8", dims: [height, width, 3], data } });
        await this.#file.appendFile(encodeRecord(results, this.levels.length));
        onProgress?.({ phase: "features", done: i + 1, total });
      }
    } finally {
      await session.close();
    }
  }

  #levelBytes({ channels, height, width }: Level): number {
    return channels * height * width * (this.precision === "float16" ? 2 : 4);
  }
}

/** Names a level and its moments over the patches as outputs. */
function addOutputs(graph: Graph, index: number, level: Value, precision: FeaturePrecision): void {
  const channels = [level.shape[1] as number];
  const mean = reduceMean(level, [2, 3]);
  const variance = reduceMean(square(sub(level, mean)), [2, 3]);
  graph.output(`level${index}`, cast(level, precision));
  graph.output(`mean${index}`, reshape(mean, channels));
  graph.output(`variance${index}`, reshape(variance, channels));
}

function encodeRecord(results: Tensors, levels: number): Uint8Array {
  const parts = ["level", "mean", "variance"].flatMap((name) =>
    Array.from({ length: levels }, (_, i) => {
      const { data } = results[`${name}${i}`]!;
      return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    }),
  );
  return Buffer.concat(parts);
}

/** What the features depend on. */
function storeKey({ fingerprint, backbone, recipe, precision }: FeatureStoreRequest): string {
  const { preprocessing, aggregation } = recipe;
  const taps = backbone.taps.map(({ name }) => name);
  const parts = { fingerprint, backbone: backbone.sha256, taps, preprocessing, aggregation, precision };
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** Marks a new folder as holding the features of `key`; throws RSAD_CHECKPOINT_MISMATCH if it holds others. */
async function claim(folder: string, key: string): Promise<void> {
  const path = join(folder, "features.key");
  const known = await readFile(path, "utf8").catch(() => undefined);
  if (known === undefined) return writeFileAtomic(path, key);
  if (known === key) return;
  throw new RsadError("RSAD_CHECKPOINT_MISMATCH", {
    subject: folder,
    expected: "features of the same images, backbone and preprocessing",
    received: "features of something else",
    hint: "Choose another output folder, or delete this one to start again.",
  });
}

function tooLittleRoom(folder: string, need: number, free: number): RsadError {
  const mebibytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MiB`;
  return new RsadError("RSAD_DISK_FULL", {
    subject: folder,
    expected: `${mebibytes(need)} for the features`,
    received: `${mebibytes(free)} free`,
    hint: "Free some space, choose an output folder on another disk, or use a smaller input size.",
  });
}
