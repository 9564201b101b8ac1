import { createHash, type Hash } from "node:crypto";
import { constants, type FileHandle, lstat, open, readFile, rm } from "node:fs/promises";
import { z } from "zod";
import { fileError, writeFileAtomic } from "../../files.ts";

/** Windows has no such flag. */
const NO_LINKS = constants.O_NOFOLLOW ?? 0;

const stateSchema = z.object({ url: z.string(), validator: z.string() });

/**
 * A file that grows while it is downloaded and can be gone on with. Beside it, `<path>.json` keeps where it comes from
 * and which version of it the server gave, by its validator (ETag or Last-Modified). All methods throw RSAD_DISK_FULL and
 * RSAD_PERMISSION_DENIED.
 */
export class PartFile {
  readonly path: string;
  readonly #url: string;
  readonly #file: FileHandle;
  #hash: Hash = createHash("sha256");
  #length = 0;
  #validator: string | undefined;

  private constructor(path: string, url: string, file: FileHandle) {
    this.path = path;
    this.#url = url;
    this.#file = file;
  }

  /**
   * Opens what is there, if it is a file that is known to come from `url`; else an empty file. A link that lies there is
   * removed, not followed: others may write into the folder.
   */
  static async open(path: string, url: string): Promise<PartFile> {
    try {
      const validator = (await isFile(path)) ? await readState(path, url) : undefined;
      if (validator === undefined) {
        await rm(path, { force: true });
        return new PartFile(path, url, await open(path, "wx+"));
      }
      const part = new PartFile(path, url, await open(path, constants.O_RDWR | NO_LINKS));
      await part.#takeUp(validator);
      return part;
    } catch (cause) {
      throw fileError(cause, path);
    }
  }

  /** Bytes that are there. */
  get length(): number {
    return this.#length;
  }

  /** What tells the server which version of the file this is a part of; undefined where the part cannot be gone on with. */
  get validator(): string | undefined {
    return this.#length > 0 ? this.#validator : undefined;
  }

  /** SHA-256 of what is there, in hexadecimal. */
  get sha256(): string {
    return this.#hash.copy().digest("hex");
  }

  /** Empties the file, for a version with this validator. */
  async restart(validator?: string): Promise<void> {
    if (this.#length > 0) await this.#onDisk(() => this.#file.truncate(0));
    this.#hash = createHash("sha256");
    this.#length = 0;
    this.#validator = validator;
    if (validator === undefined) await rm(stateOf(this.path), { force: true });
    else await writeFileAtomic(stateOf(this.path), JSON.stringify({ url: this.#url, validator }));
  }

  async append(bytes: Uint8Array): Promise<void> {
    // A disk that fills up takes a part first.
    for (let from = 0; from < bytes.length; ) {
      const { bytesWritten } = await this.#onDisk(() =>
        this.#file.write(bytes, from, bytes.length - from, this.#length),
      );
      this.#hash.update(bytes.subarray(from, from + bytesWritten));
      this.#length += bytesWritten;
      from += bytesWritten;
    }
  }

  /** What was written outlives a loss of power. */
  async close(): Promise<void> {
    await this.#file.sync().catch(() => {});
    await this.#file.close();
  }

  async #onDisk<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      throw fileError(cause, this.path);
    }
  }

  /** Closes the file where it cannot be read. */
  async #takeUp(validator: string): Promise<void> {
    this.#validator = validator;
    const buffer = Buffer.alloc(1 << 20);
    try {
      for (;;) {
        const { bytesRead } = await this.#file.read(buffer, 0, buffer.length, this.#length);
        if (bytesRead === 0) return;
        this.#hash.update(buffer.subarray(0, bytesRead));
        this.#length += bytesRead;
      }
    } catch (error) {
      await this.#file.close();
      throw error;
    }
  }
}

/** Removes a part and what is said of it. */
export async function discardPart(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => {});
  await rm(stateOf(path), { force: true }).catch(() => {});
}

function isFile(path: string): Promise<boolean> {
  return lstat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );
}

function stateOf(path: string): string {
  return `${path}.json`;
}

async function readState(path: string, url: string): Promise<string | undefined> {
  try {
    const state = stateSchema.parse(JSON.parse(await readFile(stateOf(path), "utf8")));
    return state.url === url ? state.validator : undefined;
  } catch {
    return undefined;
  }
}
