import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Progress } from "../../progress.ts";
import { DEFECT_TYPES } from "../demo/defect.ts";
import { openDataset } from "../open-dataset.ts";
import { makeStressSuite } from "./make-stress-suite.ts";
import { DEFAULT_STRESS_CLASSES, STRESS_CLASSES } from "./stress-class.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-stress-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const TINY = { trainCount: 2, goodCount: 1, perDefect: 1, classes: ["motion_blur", "light_shift"] };

it("writes a data set for each class, and reports each photo", async () => {
  const reports: Progress[] = [];
  const onProgress = (progress: Progress) => reports.push(progress);
  expect(await makeStressSuite(folder, { seed: 3, ...TINY, onProgress })).toEqual(TINY.classes);
  expect((await readdir(folder)).sort()).toEqual([...TINY.classes].sort());
  for (const name of TINY.classes) {
    const { layout, train, test } = await openDataset(join(folder, name));
    expect(layout).toBe("mvtec");
    expect(train).toHaveLength(2);
    expect(test.map(({ type }) => type).sort()).toEqual(["good", ...DEFECT_TYPES].sort());
    expect(test.every(({ type, mask }) => (type === "good") === (mask === undefined))).toBe(true);
  }
  expect(reports.at(-1)).toMatchObject({ done: 14, total: 14 });
});

it("gives the same bytes for the same seed, and other bytes for another", async () => {
  const bytes = async (name: string, seed: number) => {
    const only = { trainCount: 0, goodCount: 0, perDefect: 1, classes: ["combined"] };
    await makeStressSuite(join(folder, name), { seed, ...only });
    return readFile(join(folder, name, "combined/test/dent/000.png"));
  };
  const first = await bytes("a", 5);
  expect((await bytes("b", 5)).equals(first)).toBe(true);
  expect((await bytes("c", 6)).equals(first)).toBe(false);
});

it("knows a shift for each factor, and makes the light's unasked", () => {
  expect(DEFAULT_STRESS_CLASSES).toEqual([
    "still",
    "rotation",
    "position",
    "motion_blur",
    "background",
    "light",
    "combined",
    "light_shift",
  ]);
  expect(STRESS_CLASSES.get("rotation_shift")).toEqual({ train: [], test: ["rotation"] });
});

it("refuses a class that it does not know, before it writes anything", async () => {
  await expect(makeStressSuite(folder, { seed: 0, classes: ["still", "fog"] })).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
    received: "fog",
  });
  expect(await readdir(folder)).toEqual([]);
});
