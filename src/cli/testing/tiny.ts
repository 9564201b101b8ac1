import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { makeDemo } from "../../datasets/index.ts";

/** Options under which training takes a second and learns nothing. */
export const TINY = [
  "--recipe",
  "noise",
  "--set",
  "length.steps=2",
  "--set",
  "patches=16",
  "--set",
  "batch=2",
  "--threads",
  "1",
];

/** A folder for the tests of a file, with a small demo data set in `data`; empty until the tests begin. */
export function tinyData(): (...parts: string[]) => string {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rsad-cli-"));
    await makeDemo(join(folder, "data"), { seed: 1, trainCount: 6, goodCount: 2, perDefect: 1 });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return (...parts) => join(folder, ...parts);
}
