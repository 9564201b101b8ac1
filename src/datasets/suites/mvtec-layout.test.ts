import { beforeAll, describe, expect, it } from "vitest";
import { type Files, only, renamed, within, without } from "./testing/files.ts";
import { find, findBeside } from "./testing/find.ts";
import { miniature } from "./testing/miniatures.ts";

/** A class of each suite, one of its defects, what the publication counts, and a class to stand beside it. */
const SUITES = [
  { id: "mpdd", title: "MPDD", name: "tubes", beside: "connector", type: "anomalous", counts: [122, 32, 69] },
  {
    id: "mvtec",
    title: "MVTec AD",
    name: "bottle",
    beside: "zipper",
    type: "broken_small",
    counts: [209, 20, 63],
  },
] as const;

describe.each(SUITES)(
  "planted errors in $title",
  ({ id, title, name, beside, type, counts: [train, good, defect] }) => {
    let sound: Files;
    beforeAll(async () => {
      sound = only(await miniature(id), name, beside);
    });
    const plant = (change: (files: Files) => Files) => findBeside(id, sound, change(sound));
    const count = (found: number, kind: string, expected: number) =>
      `warning COUNT_DIFFERS ${name}: ${found} ${kind} images instead of ${expected}.`;

    it("counts more or fewer images than were published, by split", async () => {
      expect(
        await plant((files) =>
          without(
            without(without(files, `${name}/train/good/003`), `${name}/test/good/001`),
            `${name}/ground_truth/${type}/001`,
          ),
        ),
      ).toEqual([
        `error TRAIN_FEW ${name}: 3 training images.`,
        `warning MASK_MISSING ${name}/test/${type}: 1 of 2 images have no mask, the first is test/${type}/001.png.`,
        count(3, "good training", train),
        count(1, "good test", good),
      ]);
      const without1 = await plant((files) =>
        without(without(files, `${name}/test/${type}/001`), `${name}/ground_truth/${type}/001`),
      );
      expect(without1).toEqual([count(id === "mpdd" ? 1 : 3, "defective test", defect)]);
    });

    it("a class that is missing, and where to get it", async () => {
      expect(await plant((files) => without(files, `${name}/`))).toEqual([
        `warning CLASS_MISSING ${name}: ${title}'s class ${name} is missing.`,
      ]);
    });

    it("a class under another name", async () => {
      const other = name.toUpperCase();
      expect(await plant((files) => renamed(files, `${name}/`, `${other}/`))).toEqual([
        `warning CLASS_MISSING ${name}: ${title}'s class ${name} is missing.`,
        `info CLASS_UNKNOWN ${other}: ${title} has no class of this name; the folder is passed over.`,
      ]);
    });

    it("a mask without its image", async () => {
      expect(
        await plant((files) => renamed(files, `${name}/test/${type}/001.png`, `${name}/test/${type}/9.png`)),
      ).toEqual([
        `warning MASK_MISSING ${name}/test/${type}: 1 of 2 images have no mask, the first is test/${type}/9.png.`,
        `warning MASK_WITHOUT_IMAGE ${name}/ground_truth/${type}/001_mask.png: No test image uses this mask.`,
      ]);
    });

    it("no masks at all", async () => {
      const found = await plant((files) => without(files, `${name}/ground_truth/`));
      expect(found).toContainEqual(
        `warning MASK_MISSING ${name}/test/${type}: 2 of 2 images have no mask, the first is test/${type}/000.png.`,
      );
    });

    it("defects among the training images", async () => {
      expect(await plant((files) => ({ ...files, [`${name}/train/${type}/0.png`]: "" }))).toEqual([
        expect.stringMatching(`^error RSAD_DATASET_INVALID ${name}: .* received train/${type}/0.png`),
      ]);
    });

    it.each(["train", "test"])("no folder %s", async (split) => {
      const code = split === "train" ? "TRAIN_FEW" : "TEST_ABSENT";
      const found = await plant((files) => without(files, `${name}/${split}/`));
      expect(found).toContainEqual(expect.stringMatching(`^error ${code} ${name}: `));
    });

    it("a class's folder without train and test", async () => {
      const found = await plant((files) =>
        renamed(without(files, `${name}/test/`), `${name}/train/`, `${name}/Train/`),
      );
      expect(found).toEqual([
        expect.stringMatching(`^error RSAD_DATASET_INVALID ${name}: Expected the folders train and test`),
      ]);
    });

    it("a folder one level too high or too low", async () => {
      expect(await find(id, within("all", sound))).toEqual([
        expect.stringMatching(/a folder that holds it \(all\); Name the folder in it: <root>.all$/),
      ]);
      expect(await find(id, sound, `/${name}`)).toEqual([
        expect.stringMatching(/the folder of a single class; Name the folder above: <root>$/),
      ]);
      expect(await find(id, { "notes.txt": "" })).toEqual([
        expect.stringMatching(
          /none of them; Check the path\. .* is to be had from https:.* \(licence: .+\)\.$/,
        ),
      ]);
    });

    it.each([
      ["mpdd", "MPDD"],
      ["mvtec", "MVTec AD"],
      ["visa", "VisA"],
      ["pcb-bank", "PCB-Bank"],
    ] as const)("the folder of the suite %s", async (other, otherTitle) => {
      if (other === id) return;
      expect(await find(id, await miniature(other))).toEqual([
        `RSAD_DATASET_INVALID the classes of ${otherTitle}; Name the suite ${other}.`,
      ]);
    });
  },
);

it("says nothing where all images of a class are there", async () => {
  const files: Record<string, string> = {};
  for (let i = 0; i < 60; i++) files[`toothbrush/train/good/${i}.png`] = "";
  for (let i = 0; i < 12; i++) files[`toothbrush/test/good/${i}.png`] = "";
  for (let i = 0; i < 30; i++) {
    files[`toothbrush/test/defective/${i}.png`] = "";
    files[`toothbrush/ground_truth/defective/${i}_mask.png`] = "";
  }
  const found = await find("mvtec", files);
  expect(found.filter((finding) => finding.includes("toothbrush"))).toEqual([]);
  expect(found).toHaveLength(14);
});
