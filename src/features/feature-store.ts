import { createHash } from "node:crypto";
import { constants, type FileHandle, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Backbone } from "../backbones/index.ts";
import type { Sample } from "../datasets/index.ts";
import { RsadError } from "../errors.ts";
import { ensureWritableFolder, fileError, freeBytes, writeFileAtomic } from "../files.ts";
import type { Runtime, Tensor } from "../graph/index.ts";
import { decodeImage, overlap, type TellSize } from "../images/index.ts";
import type { OnProgress } from "../progress.ts";
import type { Recipe } from "../recipes/index.ts";
import type { ChannelMoments } from "../stages/index.ts";
import { encodeRecord, type FeaturePrecision, type Level, recordModel } from "./feature-record.ts";
import { removeState, STATE_FILES } from "./state-folder.ts";

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

const RESERVE = 64 * 2 ** 20;

/**
 * The frozen network's features of every training image, computed once and kept on disk, so that memory does not grow
 * with the number of images. One record an image, in the order of the samples: each level [C, h, w], then the mean and the
 * variance of each channel over the image's patches as float32. A record is there or not: a run that was stopped goes
 * on after the last whole one.
 */
export class FeatureStore {
  /** Stands for everything that the features depend on: the images and the graph that computes them. */
  readonly key: string;
  readonly levels: readonly Level[];
  readonly precision: FeaturePrecision;
  readonly #file: FileHandle;
  /** Whole records in the file. */
  #records = 0;

  private constructor(file: FileHandle, key: string, levels: readonly Level[], precision: FeaturePrecision) {
    this.#file = file;
    this.key = key;
    this.levels = levels;
    this.precision = precision;
  }

  /**
   * Opens the store in `folder`, computing what is missing. Throws RSAD_DISK_FULL before it starts if the features will
   * not fit, RSAD_CHECKPOINT_MISMATCH if the folder holds features of something else, the signal's reason after an abort,
   * and whatever decoding throws. What fails before the first record is complete leaves no state behind.
   */
  static async open(request: FeatureStoreRequest): Promise<FeatureStore> {
    const { folder, samples, backbone, recipe, precision } = request;
    await ensureWritableFolder(folder);
    const { model, levels } = recordModel(backbone, recipe, precision);
    const key = storeKey(model, request.fingerprint);
    await claim(folder, key);

    const path = join(folder, STATE_FILES.features);
    // Not "a+": Windows does not cut a file that was opened for appending.
    const file = await open(path, constants.O_RDWR | constants.O_CREAT).catch((cause) => {
      throw fileError(cause, path);
    });
    const store = new FeatureStore(file, key, levels, precision);
    try {
      const { size } = await file.stat();
      store.#records = Math.floor(size / store.recordBytes);
      if (store.#records < samples.length) {
        const need = (samples.length - store.#records) * store.recordBytes;
        const free = await freeBytes(folder);
        if (free < need + RESERVE) throw tooLittleRoom(folder, need, free);
        await store.#fill(request, model, path);
      }
      return store;
    } catch (cause) {
      await file.close();
      if (store.#records === 0) await removeState(folder);
      throw cause;
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
    const reading: Promise<void>[] = [];
    for (const level of this.levels) {
      const bytes = this.#levelBytes(level);
      const buffer = new Uint8Array(images.length * bytes);
      for (const [at, image] of images.entries()) {
        const part = buffer.subarray(at * bytes, (at + 1) * bytes);
        reading.push(this.#readInto(part, image * this.recordBytes + within));
      }
      const { channels, height, width } = level;
      const data =
        this.precision === "float16" ? new Uint16Array(buffer.buffer) : new Float32Array(buffer.buffer);
      tensors.push({ dtype: this.precision, dims: [images.length, channels, height, width], data });
      within += bytes;
    }
    await Promise.all(reading);
    return tensors;
  }

  /** Moments over all patches of the given images; the deviation of a channel that never varies is 0. */
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
      return variance > 1e-12 * average * average ? Math.sqrt(variance) : 0;
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

  async #fill(request: FeatureStoreRequest, model: Uint8Array, path: string): Promise<void> {
    const { samples, runtime, onProgress, signal } = request;
    const session = await runtime.open(model, { background: true });
    try {
      const total = samples.length;
      onProgress?.({ phase: "features", done: this.#records, total });
      const record = async ({ path }: Sample, _index: number, tellSize: TellSize) => {
        const { width, height, data } = await decodeImage(path);
        tellSize(width * height);
        const results = await session.run({ image: { dtype: "uint8", dims: [height, width, 3], data } });
        return encodeRecord(results, this.levels.length);
      };
      for await (const bytes of overlap(samples.slice(this.#records), record)) {
        signal?.throwIfAborted();
        await this.#append(bytes).catch((cause) => {
          throw fileError(cause, path);
        });
        onProgress?.({ phase: "features", done: this.#records, total });
      }
      await this.#file.sync();
    } finally {
      await session.close();
    }
  }

  /** Writes the next record, over what is left of one that was interrupted. */
  async #append(record: Uint8Array): Promise<void> {
    const start = this.#records * this.recordBytes;
    for (let at = 0; at < record.length; ) {
      at += (await this.#file.write(record, at, record.length - at, start + at)).bytesWritten;
    }
    this.#records += 1;
  }

  #levelBytes({ channels, height, width }: Level): number {
    return channels * height * width * (this.precision === "float16" ? 2 : 4);
  }
}

function storeKey(model: Uint8Array, fingerprint: string): string {
  return createHash("sha256").update(model).update(fingerprint).digest("hex");
}

/** Marks a new folder as holding the features of `key`; throws RSAD_CHECKPOINT_MISMATCH if it holds others. */
async function claim(folder: string, key: string): Promise<void> {
  const path = join(folder, STATE_FILES.featuresKey);
  const known = await readFile(path, "utf8").catch((cause) => {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fileError(cause, path);
  });
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
