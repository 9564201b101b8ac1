import { readdir, readFile, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { fileError, writeFileAtomic } from "../files.ts";
import type { CellName } from "./cell.ts";
import { fileSafe } from "./file-safe.ts";
import { type CellFailure, type CellResult, cellFailureSchema, cellResultSchema } from "./results.ts";

/**
 * Where a benchmark keeps things in its output folder: `plan.json`, what is wanted; `cells/<backbone>/<class>/<variant>/`, a file
 * for each finished cell and for each that failed; `figures`, pictures of some cells; `work`, what is needed only until a cell is
 * finished.
 */
export class BenchmarkFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  get plan(): string {
    return join(this.path, "plan.json");
  }

  get lock(): string {
    return join(this.path, "work", "lock");
  }

  get work(): string {
    return join(this.path, "work");
  }

  /** For the unfinished model of a cell; a training that is watched by an oracle goes on from no other. */
  workOf(key: string, oracle: boolean): string {
    return join(this.work, "cells", oracle ? `${key}-oracle` : key);
  }

  /** For the features that cells share. */
  featuresOf(key: string): string {
    return join(this.work, "features", key);
  }

  /** Removes what a cell kept until it was finished. */
  async removeWork(key: string): Promise<void> {
    for (const oracle of [false, true]) await rm(this.workOf(key, oracle), { recursive: true, force: true });
  }

  /** Removes what cells kept, of whatever settings: nothing goes on from it once all that is wanted is finished. */
  async removeAllWork(): Promise<void> {
    await rm(join(this.work, "cells"), { recursive: true, force: true });
  }

  /** Removes the features whose keys are chosen. */
  async removeFeatures(chosen: (key: string) => boolean): Promise<void> {
    const keys = await readdir(join(this.work, "features")).catch(() => []);
    for (const key of keys.filter(chosen)) await rm(this.featuresOf(key), { recursive: true, force: true });
  }

  /** Removes the folder of unfinished things if there are none. */
  async removeEmptyWork(): Promise<void> {
    for (const path of [join(this.work, "cells"), join(this.work, "features"), this.work]) {
      await rmdir(path).catch(() => {});
    }
  }

  cell(name: CellName): string {
    return join(this.#folderOf(name), `seed-${name.seed}.json`);
  }

  failure(name: CellName): string {
    return join(this.#folderOf(name), `seed-${name.seed}.failed.json`);
  }

  /** For the pictures of a cell that the qualitative figure shows. */
  tiles(name: CellName): string {
    return join(this.path, "figures", placeOf(name), `seed-${name.seed}`);
  }

  #folderOf(name: CellName): string {
    return join(this.path, "cells", placeOf(name));
  }

  /** The finished cell; undefined if there is none, "damaged" for a file that holds something else. */
  readCell(name: CellName): Promise<CellResult | "damaged" | undefined> {
    return readJson(this.cell(name), cellResultSchema);
  }

  async readFailure(name: CellName): Promise<CellFailure | undefined> {
    const failure = await readJson(this.failure(name), cellFailureSchema);
    return failure === "damaged" ? undefined : failure;
  }

  /** A finished cell takes the place of a failed one. */
  async writeCell(name: CellName, result: CellResult): Promise<void> {
    await writeJson(this.cell(name), result);
    await rm(this.failure(name), { force: true });
  }

  /** A cell that failed is not there: an old one would be of other settings, unless it has the key, and then it stays. */
  async writeFailure(name: CellName, failure: CellFailure, key?: string): Promise<void> {
    await writeJson(this.failure(name), failure);
    const there = await this.readCell(name);
    if (there === "damaged" || there?.key !== key) await rm(this.cell(name), { force: true });
  }
}

function placeOf({ backbone, class: className, variant }: CellName): string {
  return join(fileSafe(backbone), fileSafe(className), fileSafe(variant));
}

/** Throws what {@link fileError} makes of a failure other than that there is no such file. */
export async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T | "damaged" | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fileError(cause, path);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return "damaged";
  }
}

export async function writeJson(path: string, data: unknown): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(data, null, 2)}\n`);
}
