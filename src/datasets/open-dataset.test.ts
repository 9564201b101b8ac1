import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDataset } from "./open-dataset.ts";
import { temporarySet } from "./testing/temporary-set.ts";

/** Opening looks at names alone, so empty files serve. */
const files = (...names: string[]) => temporarySet(Object.fromEntries(names.map((name) => [name, ""])));
const names = (samples: readonly { name: string }[]) => samples.map(({ name }) => name);

describe("openDataset of the MVTec layout", () => {
  it("lists splits, types and masks in name order", async () => {
    const root = await files(
      "train/good/10.png",
      "train/good/2.PNG",
      "train/good/B.jpeg",
      "train/good/a.bmp",
      "test/good/0.tiff",
      "test/scratch/0.png",
      "test/dent/0.webp",
      "test/dent/1.png",
      "ground_truth/dent/0_mask.png",
      "ground_truth/scratch/0.png",
      "readme.txt",
      "license.txt",
    );
    const dataset = await openDataset(root);
    expect([dataset.root, dataset.layout]).toEqual([root, "mvtec"]);
    expect(names(dataset.train)).toEqual([
      "train/good/10.png",
      "train/good/2.PNG",
      "train/good/B.jpeg",
      "train/good/a.bmp",
    ]);
    expect(dataset.test).toEqual([
      {
        path: join(root, "test", "dent", "0.webp"),
        name: "test/dent/0.webp",
        type: "dent",
        mask: join(root, "ground_truth", "dent", "0_mask.png"),
      },
      { path: join(root, "test", "dent", "1.png"), name: "test/dent/1.png", type: "dent" },
      { path: join(root, "test", "good", "0.tiff"), name: "test/good/0.tiff", type: "good" },
      {
        path: join(root, "test", "scratch", "0.png"),
        name: "test/scratch/0.png",
        type: "scratch",
        mask: join(root, "ground_truth", "scratch", "0.png"),
      },
    ]);
  });

  it("finds masks without regard to case, prefers _mask, and gives good images none", async () => {
    const root = await files(
      "train/good/0.png",
      "test/Dent/A1.JPG",
      "ground_truth/dent/a1_MASK.PNG",
      "ground_truth/dent/a1.png",
      "test/good/0.png",
      "ground_truth/good/0_mask.png",
    );
    const { test } = await openDataset(root);
    expect(test.map(({ mask }) => mask)).toEqual([
      join(root, "ground_truth", "dent", "a1_MASK.PNG"),
      undefined,
    ]);
  });

  it("needs neither test nor ground_truth", async () => {
    expect((await openDataset(await files("train/good/0.png"))).test).toEqual([]);
    expect(await openDataset(await files("test/good/0.png"))).toMatchObject({
      train: [],
      test: [{ name: "test/good/0.png" }],
    });
    const { test } = await openDataset(await files("train/good/0.png", "test/dent/0.png"));
    expect(test.map(({ mask }) => mask)).toEqual([undefined]);
  });

  it.each([
    ["neither train nor test", ["ground_truth/dent/0.png"], "RSAD_DATASET_INVALID", /train/],
    ["a defect type below train", ["train/good/0.png", "train/dent/0.png"], "RSAD_DATASET_INVALID", /test/],
    ["images in train itself", ["train/0.png"], "RSAD_DATASET_INVALID", /train.good/],
    ["images in test itself", ["train/good/0.png", "test/0.png"], "RSAD_DATASET_INVALID", /test.good/],
    ["no training image", ["train/good/notes.txt", "test/good/0.png"], "RSAD_DATASET_EMPTY", /train.good/],
  ])("refuses %s", async (_, paths, code, hint) => {
    const root = await files(...paths);
    await expect(openDataset(root)).rejects.toMatchObject({ code, hint: expect.stringMatching(hint) });
  });
});

describe("openDataset of a plain folder", () => {
  it("takes images of nested folders, and passes over hidden files and other kinds", async () => {
    const root = await files("b.jpg", "monday/c.png", "a.bmp", ".hidden.png", ".cache/d.png", "notes.txt");
    const { layout, train, test } = await openDataset(root);
    expect([layout, test]).toEqual(["folder", []]);
    expect(train.map(({ name, type }) => [name, type])).toEqual([
      ["a.bmp", "good"],
      ["b.jpg", "good"],
      ["monday/c.png", "good"],
    ]);
  });

  it("takes a folder good below it, and then only that", async () => {
    expect(names((await openDataset(await files("good/0.png"))).train)).toEqual(["good/0.png"]);
    const mixed = await files("good/0.png", "scratch/0.png");
    await expect(openDataset(mixed)).rejects.toMatchObject({
      code: "RSAD_DATASET_INVALID",
      received: "an image elsewhere (scratch/0.png)",
    });
  });

  it("names the data set where one of its folders was named", async () => {
    const root = await files("train/good/0.png", "test/good/0.png", "test/scratch/0.png");
    await expect(openDataset(join(root, "test"))).rejects.toMatchObject({
      code: "RSAD_DATASET_INVALID",
      hint: `Name the data set's folder, ${root}, or for good images alone ${join(root, "test", "good")}.`,
    });
  });

  it("refuses a folder of data sets", async () => {
    const root = await files("bottle/train/good/0.png", "bottle/test/broken/0.png");
    await expect(openDataset(root)).rejects.toMatchObject({
      code: "RSAD_DATASET_INVALID",
      hint: expect.stringContaining(join(root, "bottle")),
    });
  });

  it.skipIf(process.platform === "win32")(
    "follows links, and one that leads round in circles once",
    async () => {
      const root = await files("line/0.png");
      await symlink(root, join(root, "line", "again"));
      await symlink(join(root, "line", "0.png"), join(root, "linked.png"));
      expect(names((await openDataset(root)).train)).toEqual(["line/0.png", "linked.png"]);
    },
  );

  it.each([
    ["an empty folder", [], "RSAD_DATASET_EMPTY"],
    ["a folder without images", ["notes.txt"], "RSAD_DATASET_EMPTY"],
  ])("refuses %s", async (_, paths, code) => {
    await expect(openDataset(await files(...paths))).rejects.toMatchObject({ code });
  });

  it("refuses a missing folder and a file", async () => {
    const root = await files("0.png");
    await expect(openDataset(join(root, "missing"))).rejects.toMatchObject({ code: "RSAD_FILE_MISSING" });
    await expect(openDataset(join(root, "0.png"))).rejects.toMatchObject({
      code: "RSAD_DATASET_INVALID",
      received: "a file",
    });
  });
});
