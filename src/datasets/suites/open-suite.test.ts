import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporarySet } from "../testing/temporary-set.ts";
import { openSuite } from "./open-suite.ts";
import { SUITE_IDS } from "./suite.ts";
import { within } from "./testing/files.ts";
import { miniature } from "./testing/miniatures.ts";

const CLASSES = {
  mpdd: ["bracket_black", "bracket_brown", "bracket_white", "connector", "metal_plate", "tubes"],
  mvtec: [
    "carpet",
    "grid",
    "leather",
    "tile",
    "wood",
    "bottle",
    "cable",
    "capsule",
    "hazelnut",
    "metal_nut",
    "pill",
    "screw",
    "toothbrush",
    "transistor",
    "zipper",
  ],
  visa: [
    "candle",
    "capsules",
    "cashew",
    "chewinggum",
    "fryum",
    "macaroni1",
    "macaroni2",
    "pcb1",
    "pcb2",
    "pcb3",
    "pcb4",
    "pipe_fryum",
  ],
  "pcb-bank": ["pcb1", "pcb2", "pcb3", "pcb4", "pcb5", "pcb6", "pcb7"],
  custom: ["Right Door", "left door"],
};

describe.each(SUITE_IDS)("openSuite of %s", (id) => {
  it("opens every class, in order, with masks for all defects, also below a folder with spaces", async () => {
    const root = join(
      await temporarySet(within("my data sets/suite (1)", await miniature(id))),
      "my data sets/suite (1)",
    );
    const suite = await openSuite(id, root);
    expect([suite.id, suite.root]).toEqual([id, root]);
    expect(suite.classes.map(({ name }) => name)).toEqual(CLASSES[id]);
    for (const { name, dataset } of suite.classes) {
      expect(dataset.root).toBe(join(root, name));
      expect(dataset.train).toHaveLength(4);
      expect(new Set(dataset.train.map(({ type }) => type))).toEqual(new Set(["good"]));
      const good = dataset.test.filter(({ type }) => type === "good");
      expect(good).toHaveLength(2);
      for (const sample of dataset.test) expect(sample.mask === undefined).toBe(sample.type === "good");
      expect(dataset.test.length).toBeGreaterThanOrEqual(4);
    }
  });

  it("has nothing to say of a miniature but that it has few images", async () => {
    const { findings } = await openSuite(id, await temporarySet(await miniature(id)));
    const codes = new Set(findings.map(({ severity, code }) => `${severity} ${code}`));
    expect([...codes].sort()).toEqual(
      id === "custom" ? ["warning TRAIN_FEW"] : ["warning COUNT_DIFFERS", "warning TRAIN_FEW"],
    );
  });

  it("opens the classes that are asked for, in its own order, and says nothing of the others", async () => {
    const root = await temporarySet(await miniature(id));
    const [first, second] = CLASSES[id];
    const { classes, findings } = await openSuite(id, root, { classes: [second!, first!, second!] });
    expect(classes.map(({ name }) => name)).toEqual([first, second]);
    expect(new Set(findings.map(({ subject }) => subject))).toEqual(new Set([first, second]));
  });

  it.each([["botle"], ["tubs"], ["pcb_1"], []])(
    "refuses the class %s, and names those there are",
    async (...classes) => {
      const root = await temporarySet(await miniature(id));
      await expect(openSuite(id, root, { classes })).rejects.toMatchObject({
        code: "RSAD_ARGUMENT_INVALID",
        expected: CLASSES[id].join(", "),
      });
    },
  );

  it("refuses a file, and a folder that is not there", async () => {
    const root = await temporarySet({ file: "" });
    await expect(openSuite(id, join(root, "file"))).rejects.toMatchObject({ code: "RSAD_DATASET_INVALID" });
    await expect(openSuite(id, join(root, "gone"))).rejects.toMatchObject({ code: "RSAD_FILE_MISSING" });
  });
});

it("guesses which suite and which class were meant", async () => {
  const root = await temporarySet(await miniature("mpdd"));
  await expect(openSuite("mpd", root)).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
    expected: "mpdd, mvtec, visa, pcb-bank, custom",
    hint: expect.stringMatching(/^Did you mean mpdd\?/),
  });
  await expect(openSuite("mpdd", root, { classes: ["tubs"] })).rejects.toMatchObject({
    received: "tubs",
    hint: expect.stringMatching(/^Did you mean tubes\?/),
  });
});
