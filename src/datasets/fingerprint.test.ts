import { join } from "node:path";
import { expect, it } from "vitest";
import { fingerprint, placesByContent } from "./fingerprint.ts";
import { openDataset } from "./open-dataset.ts";
import { temporarySet } from "./testing/temporary-set.ts";

async function printOf(files: Record<string, string>) {
  return fingerprint((await openDataset(await temporarySet(files))).train);
}

it("depends on names and contents alone", async () => {
  const print = await printOf({ "a.png": "1", "b.png": "2" });
  expect(print.count).toBe(2);
  expect(print.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(await printOf({ "b.png": "2", "a.png": "1" })).toEqual(print);
  for (const other of [{ "a.png": "2", "b.png": "1" }, { "a.png": "1", "c.png": "2" }, { "a.png": "1" }]) {
    expect((await printOf(other as Record<string, string>)).sha256).not.toBe(print.sha256);
  }
});

it("does not depend on the order of the samples", async () => {
  const { train } = await openDataset(await temporarySet({ "a.png": "1", "b.png": "2" }));
  expect(await fingerprint(train.toReversed())).toEqual(await fingerprint(train));
});

it("stays the same from version to version", async () => {
  expect(await printOf({ "a.png": "1", "b.png": "2" })).toEqual({
    count: 2,
    sha256: "92c8b4ceafc6d2d1814018a6b94cb2dd8e8301a4857d1a8ff9c902b2227c7083",
  });
});

it("puts images of the same content together", () => {
  expect(placesByContent(["b", "a", "b", "c", "a", "b"])).toEqual([[0, 2, 5], [1, 4], [3]]);
  expect(placesByContent([])).toEqual([]);
});

it("names a file that has gone", async () => {
  const path = join("gone", "a.png");
  await expect(fingerprint([{ path, name: "a.png", type: "good" }])).rejects.toMatchObject({
    code: "RSAD_FILE_MISSING",
    subject: path,
  });
});
