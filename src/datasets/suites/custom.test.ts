import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporarySet } from "../testing/temporary-set.ts";
import { openSuite } from "./open-suite.ts";
import { renamed, within, without } from "./testing/files.ts";
import { find, findBeside } from "./testing/find.ts";
import { miniature } from "./testing/miniatures.ts";

const sound = () => miniature("custom");

describe("planted errors in a custom suite", () => {
  it.each([
    ["no training images", "/train/", /^error TRAIN_FEW left door: 0 training images/],
    ["no test images", "/test/", /^error TEST_ABSENT left door: /],
    ["no good test images", "/test/good/", /^warning TEST_ONE_SIDED left door\/test: .* no good images/],
    ["no masks", "/ground_truth/", /^warning MASK_MISSING left door\/test\/dent: 2 of 2 images have no mask/],
  ])("%s", async (_, start, finding) => {
    const files = await sound();
    const found = await findBeside("custom", files, without(files, `left door${start}`));
    expect(found).toContainEqual(expect.stringMatching(finding));
  });

  it("a mask without an image", async () => {
    const files = await sound();
    expect(await findBeside("custom", files, without(files, "left door/test/dent/001"))).toEqual([
      "warning MASK_WITHOUT_IMAGE left door/ground_truth/dent/001_mask.png: No test image uses this mask.",
    ]);
  });

  it("a folder that is no class", async () => {
    const files = await sound();
    expect(await findBeside("custom", files, { ...files, "loose/0.png": "", "notes/notes.txt": "" })).toEqual(
      ["info CLASS_UNKNOWN loose: The folder holds images, but neither train nor test; it is passed over."],
    );
  });

  it("defects among the training images", async () => {
    const files = await sound();
    expect(await findBeside("custom", files, { ...files, "left door/train/dent/0.png": "" })).toEqual([
      expect.stringMatching(/^error RSAD_DATASET_INVALID left door: /),
    ]);
  });

  it("no class, a single class, and a published suite in its own layout", async () => {
    expect(await find("custom", { "a/0.png": "" })).toEqual([
      "RSAD_DATASET_INVALID no such folder; Put each class into a folder of its own.",
    ]);
    expect(await find("custom", await sound(), "/left door")).toEqual([
      "RSAD_DATASET_INVALID a single class; Name the folder above: <root>",
    ]);
    expect(await find("custom", await miniature("visa"))).toEqual([
      "RSAD_DATASET_INVALID the classes of VisA; Name the suite visa.",
    ]);
  });

  it("nothing that can be used", async () => {
    expect(await find("custom", { "a/train/good/0.png": "" })).toEqual([
      expect.stringMatching(
        /^RSAD_DATASET_INVALID a: 1 training image\., a: No test images: .*measured\.; Take 30/,
      ),
    ]);
  });
});

describe("the classes of a custom suite", () => {
  it("may lie in folders of their own, and are called as these where names are the same", async () => {
    const root = await temporarySet({
      ...within("line 1", renamed(await sound(), "Right Door", "roof")),
      ...within("line 2", await sound()),
      ...within("floor", { "test/good/0.png": "", "train/good/0.PNG": "" }),
    });
    const { classes } = await openSuite("custom", root);
    expect(classes.map(({ name }) => name)).toEqual([
      "Right Door",
      "floor",
      "line 1/left door",
      "line 2/left door",
      "roof",
    ]);
    expect(classes[2]!.dataset.root).toBe(join(root, "line 1", "left door"));
    expect((await openSuite("custom", root, { classes: ["line 2/left door"] })).classes).toHaveLength(1);
  });
});
