import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type ReadSample, sampleReader } from "../datasets/index.ts";
import { ensureWritableFolder, fileError } from "../files.ts";
import type { Session, Tensor, Tensors } from "../graph/index.ts";
import { overlap, type TellSize } from "../images/index.ts";
import type { ChannelMoments } from "../stages/index.ts";
import {
  computeRecord,
  encodeRecord,
  type FeaturePrecision,
  momentsOf,
  openRecordSession,
  recordModel,
} from "./feature-record.ts";
import type { FeatureSource } from "./feature-source.ts";
import type { FeatureStoreRequest } from "./feature-store.ts";
import { checkRoom, claim, disclaim, featuresKey } from "./features-folder.ts";
import { type Inside, insideOf } from "./inside-patches.ts";
import type { Level } from "./level.ts";
import { poolMoments } from "./pool-moments.ts";
import { channelsOf, RecordFile, recordBytes } from "./record-file.ts";
import { STATE_FILES } from "./state-folder.ts";

/** Images whose features are kept on disk: the first that are asked for. */
export const KEPT_IMAGES = 64;

/**
 * The features of training images for a method that reads a few of them more than once and all others once: computed when they
 * are asked for. The first 64 images that are read are kept on disk, which bounds the space for any number of images. The
 * same numbers as a {@link FeatureStore}'s, to the bit.
 */
export class FeatureStream implements FeatureSource {
  readonly key: string;
  readonly levels: readonly Level[];
  readonly precision: FeaturePrecision;
  readonly inside: Inside;
  readonly #request: FeatureStoreRequest;
  readonly #model: Uint8Array;
  readonly #file: RecordFile;
  /** Each kept image's place in the file, once its record is written. */
  readonly #kept = new Map<number, Promise<number>>();

  private constructor(
    request: FeatureStoreRequest,
    key: string,
    levels: readonly Level[],
    model: Uint8Array,
    file: RecordFile,
    inside: Inside,
  ) {
    this.#request = request;
    this.key = key;
    this.levels = levels;
    this.precision = request.precision;
    this.inside = inside;
    this.#model = model;
    this.#file = file;
  }

  /** Computes nothing yet. Throws RSAD_DISK_FULL, and RSAD_CHECKPOINT_MISMATCH if the folder is of other images or another backbone. */
  static async open(request: FeatureStoreRequest): Promise<FeatureStream> {
    const { folder, samples, backbone, recipe, precision, region, runtime } = request;
    const { model, levels } = recordModel(backbone, recipe, precision, region);
    const inside = await insideOf(region, recipe, levels, runtime);
    await ensureWritableFolder(folder);
    const key = featuresKey(model, request.fingerprint);
    const path = join(folder, STATE_FILES.someFeatures);
    const fresh = await claim(folder, key);
    try {
      // Which images a killed run has kept there is not known.
      await rm(path, { force: true });
      await checkRoom(folder, Math.min(KEPT_IMAGES, samples.length) * recordBytes(levels, precision));
      const file = await RecordFile.open(path, levels, precision);
      return new FeatureStream(request, key, levels, model, file, inside);
    } catch (cause) {
      if (fresh) await disclaim(folder);
      throw fileError(cause, path);
    }
  }

  get channels(): number {
    return channelsOf(this.levels);
  }

  each(images: readonly number[]): AsyncIterable<Tensor[]> {
    return this.#visit(
      images,
      (results) => this.levels.map((_, i) => results[`level${i}`]!),
      (record) => this.#file.read([record]),
    );
  }

  statistics(images: readonly number[], onImage?: (done: number) => void): Promise<ChannelMoments> {
    const moments = this.#visit(
      images,
      (results) => momentsOf(results, this.levels.length),
      (record) => this.#file.moments(record),
    );
    return poolMoments(moments, images.length, this.channels, onImage);
  }

  async close(): Promise<void> {
    await this.#file.close();
    // Something else may hold it open, such as a virus scanner: no reason to lose what was learned.
    await rm(join(this.#request.folder, STATE_FILES.someFeatures), { force: true }).catch(() => {});
  }

  /**
   * Takes what is wanted of each image from its record if that is kept, otherwise from what the network gives, which is in
   * memory only meanwhile.
   */
  async *#visit<Wanted>(
    images: readonly number[],
    fresh: (results: Tensors) => Wanted,
    kept: (record: number) => Promise<Wanted>,
  ): AsyncGenerator<Wanted> {
    let session: Promise<Session> | undefined;
    const read = sampleReader();
    try {
      yield* overlap(images, async (image, _index, tellSize) => {
        const place = this.#kept.get(image);
        if (place !== undefined) return kept(await place);
        session ??= openRecordSession(this.#request.runtime, this.#model);
        return fresh(await this.#compute(image, session, read, tellSize));
      });
    } finally {
      await (await session)?.close();
    }
  }

  async #compute(
    image: number,
    session: Promise<Session>,
    read: ReadSample,
    tellSize: TellSize,
  ): Promise<Tensors> {
    const { samples, signal } = this.#request;
    signal?.throwIfAborted();
    const results = session.then((open) => computeRecord(open, samples[image]!, read, tellSize));
    const place = this.#kept.size;
    if (place < KEPT_IMAGES) {
      const written = results.then(async (results) => {
        await this.#file.write(place, encodeRecord(results, this.levels.length));
        return place;
      });
      this.#kept.set(image, written);
      await written;
    }
    return results;
  }
}
