import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { float32 } from "../graph/index.ts";
import { CheckpointFile } from "./checkpoint.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-checkpoint-"));
  path = join(folder, "checkpoint");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const mismatch = expect.objectContaining({ code: "RSAD_CHECKPOINT_MISMATCH", subject: expect.any(String) });
const state = {
  step: 12,
  variables: { a: float32([1, -0, Number.NaN, 1e-42], [2, 2]), "first/a": float32([3], [1]) },
};

test("gives back the last state that was saved", async () => {
  const file = new CheckpointFile(path, "key");
  expect(await file.load()).toBeUndefined();
  await file.save({ ...state, step: 11 });
  await file.save(state);
  expect(await new CheckpointFile(path, "key").load()).toEqual(state);
  expect(await readdir(folder)).toEqual(["checkpoint"]);
});

test("refuses the state of another run", async () => {
  await new CheckpointFile(path, "key").save(state);
  await expect(new CheckpointFile(path, "other").load()).rejects.toThrow(mismatch);
});

test("refuses a damaged file, wherever it ends", async () => {
  await new CheckpointFile(path, "key").save(state);
  const bytes = await readFile(path);
  for (let length = 0; length < bytes.length; length += 7) {
    await writeFile(path, bytes.subarray(0, length));
    await expect(new CheckpointFile(path, "key").load(), `${length} bytes`).rejects.toThrow(mismatch);
  }
});

test("a folder in its place is an error of its own", async () => {
  await expect(new CheckpointFile(folder, "key").load()).rejects.toMatchObject({ code: "RSAD_FILE_MISSING" });
});
