import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withRunLock } from "./lock.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-lock-"));
  path = join(folder, "work", "lock");
});
afterEach(() => rm(folder, { recursive: true }));

test("a second run in the same folder is refused, and has one once the first is done", async () => {
  let waits = 0;
  const second = () => withRunLock(path, { staleSeconds: 2, onWait: () => waits++ }, async () => "second");
  await withRunLock(path, { staleSeconds: 2 }, async () => {
    await expect(second()).rejects.toMatchObject({ code: "RSAD_ARGUMENT_INVALID", subject: folder });
    expect(waits).toBe(1);
  });
  expect(await second()).toBe("second");
});

test("a lock that a killed run has left is waited out", async () => {
  await mkdir(path, { recursive: true });
  expect(await withRunLock(path, { staleSeconds: 2 }, async () => "taken")).toBe("taken");
});

test("waiting ends with an abort, and a failure gives the folder back", async () => {
  const abort = new AbortController();
  const options = { staleSeconds: 2, signal: abort.signal, onWait: () => abort.abort(new Error("enough")) };
  await withRunLock(path, {}, async () => {
    await expect(withRunLock(path, options, async () => {})).rejects.toThrow();
  });
  const failing = withRunLock(path, {}, async () => {
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await withRunLock(path, {}, async () => 1)).toBe(1);
});
