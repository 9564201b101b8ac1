import { join } from "node:path";
import type { Backbone } from "../backbones/index.ts";
import { type Sample, sampleReader } from "../datasets/index.ts";
import { ensureWritableFolder } from "../files.ts";
import type { Runtime, Tensor } from "../graph/index.ts";
import { overlap, type TellSize } from "../images/index.ts";
import type { OnProgress } from "../progress.ts";
import type { Recipe } from "../recipes/index.ts";
import type { ChannelMoments } from "../stages/index.ts";
import {
  computeRecord,
  encodeRecord,
  type FeaturePrecision,
  openRecordSession,
  recordModel,
} from "./feature-record.ts";
import type { StoredFeatures } from "./feature-source.ts";
import { checkRoom, claim, featuresKey } from "./features-folder.ts";
import { type Inside, insideOf, type TrainingRegion } from "./inside-patches.ts";
import type { Level } from "./level.ts";
import { poolMoments } from "./pool-moments.ts";
import { channelsOf, RecordFile } from "./record-file.ts";
import { removeState, STATE_FILES } from "./state-folder.ts";

export interface FeatureStoreRequest {
  readonly folder: string;
  readonly samples: readonly Sample[];
  /** Hash over the samples' names and contents. */
  readonly fingerprint: string;
  readonly backbone: Backbone;
  readonly recipe: Recipe;
  /** What to learn from; all of the images if left out. */
  readonly region?: TrainingRegion | undefined;
  readonly precision: FeaturePrecision;
  readonly runtime: Runtime;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The features of every training image, computed once and kept on disk, so that memory does not grow with the number of
 * images. One record an image, in the order of the samples. A record is there or not: a run that was stopped goes on
 * after the last whole one.
 */
export class FeatureStore implements StoredFeatures {
  readonly key: string;
  readonly levels: readonly Level[];
  readonly precision: FeaturePrecision;
  readonly inside: Inside;
  readonly #file: RecordFile;
  /** Whole records in the file. */
  #records = 0;

  private constructor(
    file: RecordFile,
    key: string,
    levels: readonly Level[],
    precision: FeaturePrecision,
    inside: Inside,
  ) {
    this.#file = file;
    this.key = key;
    this.levels = levels;
    this.precision = precision;
    this.inside = inside;
  }

  /**
   * Opens the store in `folder`, computing what is missing. Throws RSAD_DISK_FULL before it starts if the features will
   * not fit, RSAD_CHECKPOINT_MISMATCH if the folder holds features of something else, the signal's reason after an abort,
   * and whatever decoding throws. What fails before the first record is complete leaves no state behind.
   */
  static async open(request: FeatureStoreRequest): Promise<FeatureStore> {
    const { folder, samples, backbone, recipe, precision, region, runtime } = request;
    const { model, levels } = recordModel(backbone, recipe, precision, region);
    const inside = await insideOf(region, recipe, levels, runtime);
    await ensureWritableFolder(folder);
    const key = featuresKey(model, request.fingerprint);
    await claim(folder, key);

    const file = await RecordFile.open(join(folder, STATE_FILES.features), levels, precision);
    const store = new FeatureStore(file, key, levels, precision, inside);
    try {
      store.#records = await file.count();
      if (store.#records < samples.length) {
        await checkRoom(folder, (samples.length - store.#records) * store.recordBytes);
        await store.#fill(request, model);
      }
      return store;
    } catch (cause) {
      await file.close();
      if (store.#records === 0) await removeState(folder);
      throw cause;
    }
  }

  get channels(): number {
    return channelsOf(this.levels);
  }

  get recordBytes(): number {
    return this.#file.recordBytes;
  }

  read(images: readonly number[]): Promise<Tensor[]> {
    return this.#file.read(images);
  }

  async *each(images: readonly number[]): AsyncGenerator<Tensor[]> {
    for (const image of images) yield await this.read([image]);
  }

  statistics(images: readonly number[], onImage?: (done: number) => void): Promise<ChannelMoments> {
    return poolMoments(this.#moments(images), images.length, this.channels, onImage);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async *#moments(images: readonly number[]): AsyncGenerator<Float32Array> {
    for (const image of images) yield await this.#file.moments(image);
  }

  async #fill({ samples, runtime, onProgress, signal }: FeatureStoreRequest, model: Uint8Array) {
    const session = await openRecordSession(runtime, model);
    try {
      const total = samples.length;
      onProgress?.({ phase: "features", done: this.#records, total });
      const read = sampleReader();
      const record = async (sample: Sample, _index: number, tellSize: TellSize) =>
        encodeRecord(await computeRecord(session, sample, read, tellSize), this.levels.length);
      for await (const bytes of overlap(samples.slice(this.#records), record)) {
        signal?.throwIfAborted();
        await this.#file.write(this.#records, bytes);
        this.#records += 1;
        onProgress?.({ phase: "features", done: this.#records, total });
      }
      await this.#file.sync();
    } finally {
      await session.close();
    }
  }
}
