import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { RsadError } from "../../errors.ts";
import { exists, fileError, isTemporaryOf, moveFile, writeFileAtomic } from "../../files.ts";
import { hashFile } from "../../hash-file.ts";
import { withLock } from "../../lock.ts";
import { isName } from "./name.ts";
import { type Record, recordSchema, type StoredSpec } from "./record.ts";

/** A backbone in the store. `spec.file` is the whole path. */
export interface Stored {
  readonly spec: StoredSpec;
  readonly bytes: number;
}

/**
 * The folder of backbones: for each name one file of weights, `<name>.<start of its SHA-256>.<ending>`, and one small
 * JSON file, `<name>.json`, that describes it and whose appearance makes it count. Who writes takes the lock of the name
 * first.
 */
export class Store {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Names of the records, sorted, whether or not they can be read. */
  async names(): Promise<string[]> {
    const files = await readdir(this.folder).catch((cause) => {
      if (isAbsent(cause)) return [];
      throw fileError(cause, this.folder);
    });
    return files
      .filter((file) => file.endsWith(".json"))
      .map((file) => file.slice(0, -".json".length))
      .filter(isName)
      .sort();
  }

  /**
   * undefined where there is no record of that name. Throws RSAD_BACKBONE_INVALID for a record that cannot be read, or
   * whose file is not there or of another size; the content is checked when the file is opened.
   */
  async read(name: string): Promise<Stored | undefined> {
    const path = this.#record(name);
    let text: string;
    try {
      text = await readFile(path, "utf8");
    } catch (cause) {
      if (isAbsent(cause)) return undefined;
      throw fileError(cause, path);
    }
    const record = parseRecord(name, path, text);
    const file = join(this.folder, record.backbone.file);
    const entry = await stat(file).catch(() => undefined);
    if (entry?.size !== record.bytes) {
      throw damaged(name, file, `a file of ${record.bytes} bytes`, entry?.size ?? "none");
    }
    return { spec: { ...record.backbone, file }, bytes: record.bytes };
  }

  /** Runs `work` while no other process changes what is there under `name`. Throws as {@link withLock} does. */
  async locked<T>(
    name: string,
    options: { signal?: AbortSignal | undefined; onWait?: (() => void) | undefined },
    work: () => Promise<T>,
  ): Promise<T> {
    return withLock(join(this.folder, `${name}.lock`), { ...options, staleSeconds: 10 }, work);
  }

  /** Where a download of `name` grows. */
  part(name: string): string {
    return join(this.folder, `${name}.part`);
  }

  /** Where a copy for `name` grows. */
  copy(name: string): string {
    return join(this.folder, `${name}.copy`);
  }

  /**
   * Takes the file at `temporary`, which lies in the folder and goes, as what is there under `name` from now on.
   * `spec.file` gives the ending alone. The lock has to be held; as it can be lost to another process, which then writes
   * the same file, what lies on the disk is checked. Throws RSAD_BACKBONE_INVALID where it is not what `spec` says.
   */
  async put(name: string, temporary: string, spec: StoredSpec): Promise<Stored> {
    const ending = /\.[a-z]+$/.exec(spec.file.toLowerCase())?.[0] ?? ".weights";
    const file = `${name}.${spec.sha256.slice(0, 16)}${ending}`;
    const path = join(this.folder, file);
    await this.#checkWritten(temporary, spec.sha256);
    try {
      const { size: bytes } = await stat(temporary);
      const record: Record = { bytes, backbone: { ...spec, file } };
      await moveFile(temporary, path);
      await writeFileAtomic(this.#record(name), `${JSON.stringify(record, null, 2)}\n`);
      await this.#clear(name, file);
      return { spec: { ...spec, file: path }, bytes };
    } catch (cause) {
      throw fileError(cause, path);
    }
  }

  async #checkWritten(temporary: string, expected: string): Promise<void> {
    const sha256 = await hashFile(temporary);
    if (sha256 === expected) return;
    await rm(temporary, { force: true }).catch(() => {});
    throw new RsadError("RSAD_BACKBONE_INVALID", {
      subject: temporary,
      expected: `the SHA-256 ${expected}`,
      received: sha256,
      hint: "Another process wrote to the file, or the disk is damaged. Run the command again.",
    });
  }

  /** Removes everything of `name`, also what an interrupted download left. False where there was nothing. */
  async remove(name: string): Promise<boolean> {
    const path = this.#record(name);
    const there = await exists(path);
    try {
      await rm(path, { force: true });
      const cleared = await this.#clear(name);
      return there || cleared;
    } catch (cause) {
      throw fileError(cause, path);
    }
  }

  /** Removes all files of `name` but `kept`, the record and the lock. */
  async #clear(name: string, kept?: string): Promise<boolean> {
    const ours = new RegExp(`^${name}\\.([0-9a-f]{16}\\.[a-z]+|part(\\.json)?|copy)$`);
    const isOurs = (file: string) =>
      ours.test(file) || [`${name}.json`, `${name}.part.json`].some((target) => isTemporaryOf(target, file));
    const files = await readdir(this.folder);
    const superfluous = files.filter((file) => isOurs(file) && file !== kept);
    for (const file of superfluous) await rm(join(this.folder, file), { force: true });
    return superfluous.length > 0;
  }

  #record(name: string): string {
    return join(this.folder, `${name}.json`);
  }
}

function isAbsent(cause: unknown): boolean {
  return (cause as NodeJS.ErrnoException).code === "ENOENT";
}

function parseRecord(name: string, path: string, text: string): Record {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw damaged(name, path, "JSON", cause instanceof Error ? cause.message : String(cause), cause);
  }
  const result = recordSchema.safeParse(json);
  if (result.success) return result.data;
  const { path: field, message } = result.error.issues[0]!;
  throw damaged(name, path, "a description of a backbone", `${field.join(".")}: ${message}`);
}

function damaged(
  name: string,
  subject: string,
  expected: string,
  received: unknown,
  cause?: unknown,
): RsadError {
  return new RsadError("RSAD_BACKBONE_INVALID", {
    subject,
    expected,
    received,
    hint: `Remove it with \`rsad backbones remove ${name}\`, then pull or add it again.`,
    cause,
  });
}
