import { constants, type FileHandle, open } from "node:fs/promises";
import { RsadError } from "../errors.ts";
import { fileError } from "../files.ts";
import type { Tensor } from "../graph/index.ts";
import type { FeaturePrecision } from "./feature-record.ts";
import type { Level } from "./level.ts";

/**
 * Records of one image each in a file, one after the other: each level [C, h, w], then the mean and the variance of each
 * channel over the image's patches as float32.
 */
export class RecordFile {
  readonly recordBytes: number;
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #levels: readonly Level[];
  readonly #precision: FeaturePrecision;

  private constructor(path: string, file: FileHandle, levels: readonly Level[], precision: FeaturePrecision) {
    this.#path = path;
    this.#file = file;
    this.#levels = levels;
    this.#precision = precision;
    this.recordBytes = recordBytes(levels, precision);
  }

  /** Opens the file, or makes an empty one. */
  static async open(
    path: string,
    levels: readonly Level[],
    precision: FeaturePrecision,
  ): Promise<RecordFile> {
    // Not "a+": Windows does not cut a file that was opened for appending.
    const file = await open(path, constants.O_RDWR | constants.O_CREAT).catch((cause) => {
      throw fileError(cause, path);
    });
    return new RecordFile(path, file, levels, precision);
  }

  /** Whole records in the file. */
  async count(): Promise<number> {
    const { size } = await this.#file.stat();
    return Math.floor(size / this.recordBytes);
  }

  /** One tensor per level, [records, C, h, w]. Throws RSAD_CHECKPOINT_MISMATCH where a record is not there. */
  async read(records: readonly number[]): Promise<Tensor[]> {
    let within = 0;
    const tensors: Tensor[] = [];
    const reading: Promise<void>[] = [];
    for (const level of this.#levels) {
      const bytes = levelBytes(level, this.#precision);
      const buffer = new Uint8Array(records.length * bytes);
      for (const [at, record] of records.entries()) {
        const part = buffer.subarray(at * bytes, (at + 1) * bytes);
        reading.push(this.#readInto(part, record * this.recordBytes + within));
      }
      tensors.push(levelTensor(level, this.#precision, buffer));
      within += bytes;
    }
    await Promise.all(reading);
    return tensors;
  }

  /** Every channel's mean, then every channel's variance. */
  async moments(record: number): Promise<Float32Array> {
    const moments = new Float32Array(channelsOf(this.#levels) * 2);
    const bytes = new Uint8Array(moments.buffer);
    await this.#readInto(bytes, (record + 1) * this.recordBytes - bytes.length);
    return moments;
  }

  /** Writes a record in its place, over what is left of one that was interrupted. Throws RSAD_DISK_FULL. */
  async write(record: number, bytes: Uint8Array): Promise<void> {
    const start = record * this.recordBytes;
    try {
      for (let at = 0; at < bytes.length; ) {
        at += (await this.#file.write(bytes, at, bytes.length - at, start + at)).bytesWritten;
      }
    } catch (cause) {
      throw fileError(cause, this.#path);
    }
  }

  async sync(): Promise<void> {
    await this.#file.sync();
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
}

export function channelsOf(levels: readonly Level[]): number {
  return levels.reduce((sum, { channels }) => sum + channels, 0);
}

export function recordBytes(levels: readonly Level[], precision: FeaturePrecision): number {
  const moments = channelsOf(levels) * 8;
  return levels.reduce((sum, level) => sum + levelBytes(level, precision), moments);
}

/** The bytes of some images' level, which begin a buffer, as [images, C, h, w]. */
function levelTensor(level: Level, precision: FeaturePrecision, { buffer, length }: Uint8Array): Tensor {
  const { channels, height, width } = level;
  const dims = [length / levelBytes(level, precision), channels, height, width];
  const data = precision === "float16" ? new Uint16Array(buffer) : new Float32Array(buffer);
  return { dtype: precision, dims, data };
}

function levelBytes({ channels, height, width }: Level, precision: FeaturePrecision): number {
  return channels * height * width * (precision === "float16" ? 2 : 4);
}
