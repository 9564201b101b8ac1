import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BenchmarkFolder } from "./folder.ts";
import { addWanted, readWanted } from "./plan-file.ts";
import type { Wanted } from "./results.ts";
import { BACKBONE, variant } from "./tables/testing/results.ts";

let folder: BenchmarkFolder;

beforeEach(async () => {
  folder = new BenchmarkFolder(await mkdtemp(join(tmpdir(), "rsad-plan-")));
});
afterEach(() => rm(folder.path, { recursive: true }));

function wanted(
  classes: readonly string[],
  variants: readonly string[],
  findings: readonly string[],
): Wanted {
  return {
    format: 1,
    suite: { id: "custom", title: "Parts", classes, findings },
    backbones: [BACKBONE],
    variants: variants.map((id) => variant(id)),
    seeds: [0],
  };
}

const ids = ({ variants }: Wanted) => variants.map(({ id }) => id);

test("what a run does not ask for stays wanted; asking for all again sets their order", async () => {
  await addWanted(folder, wanted(["washer"], ["core", "paper"], []));
  const both = await addWanted(folder, wanted(["nut"], ["dfm"], []));
  expect([both.suite.classes, ids(both)]).toEqual([
    ["washer", "nut"],
    ["core", "paper", "dfm"],
  ]);
  const again = await addWanted(folder, wanted(["bolt", "nut", "washer"], ["paper", "dfm", "core"], []));
  expect([again.suite.classes, ids(again)]).toEqual([
    ["bolt", "nut", "washer"],
    ["paper", "dfm", "core"],
  ]);
  expect(await readWanted(folder)).toEqual(again);
});

test("what was found of a class is forgotten once the class is looked at anew", async () => {
  const old = ["data: no licence.", "nut: 7 images instead of 8.", "nut/test/a.png: no mask.", "nuts: few."];
  await addWanted(folder, wanted(["nut", "nuts"], ["core"], old));
  const { suite } = await addWanted(folder, wanted(["nut"], ["core"], ["nut: few."]));
  expect(suite.findings).toEqual(["data: no licence.", "nuts: few.", "nut: few."]);
});
