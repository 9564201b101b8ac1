import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeMask } from "../../images/index.ts";
import { temporarySet } from "../testing/temporary-set.ts";
import { openSuite } from "./open-suite.ts";
import { type Files, only, renamed, within, without } from "./testing/files.ts";
import { find, findBeside } from "./testing/find.ts";
import { miniature } from "./testing/miniatures.ts";
import { changedRows } from "./testing/visa-miniature.ts";

/** A class of each suite to plant errors in, one to stand beside it, and the file that splits the suite. */
const SUITES = [
  {
    id: "visa",
    title: "VisA",
    name: "cashew",
    beside: "pcb3",
    splitFile: "split_csv/1cls.csv",
    extension: "JPG",
  },
  {
    id: "pcb-bank",
    title: "PCB-Bank",
    name: "pcb6",
    beside: "pcb3",
    splitFile: "1cls_clear.csv",
    extension: "jpg",
  },
] as const;

describe.each(SUITES)("planted errors in $title", ({ id, title, name, beside, splitFile, extension }) => {
  const file = splitFile.split("/").at(-1)!;
  const [first, second] = id === "visa" ? ["000", "001"] : ["000000_6", "000001_6"];
  const defect = id === "visa" ? "001" : "000001_4";
  const normal = (stem: string) => `${name}/Data/Images/Normal/${stem}.${extension}`;
  const image = `${name}/Data/Images/Anomaly/${defect}.${extension}`;
  const mask = `${name}/Data/Masks/Anomaly/${defect}.png`;
  let sound: Files;
  beforeAll(async () => {
    const files = await miniature(id);
    const lines = String(files[splitFile]).split("\r\n");
    const rows = lines.filter(
      (line, i) => i === 0 || line.startsWith(`${name},`) || line.startsWith(`${beside},`),
    );
    sound = { ...only(files, name, beside), [splitFile]: rows.join("\r\n") };
  });
  const plant = (change: (files: Files) => Files) => findBeside(id, sound, change(sound));
  const plantRows = (...changes: readonly [string, string][]) =>
    plant((files) => changedRows(files, splitFile, ...changes));
  const counts = (split: string, found: number) =>
    expect.stringMatching(`^warning COUNT_DIFFERS ${name}: ${found} ${split} images instead of \\d+\\.$`);

  it("an image that the file names and that is not there", async () => {
    expect(await plant((files) => without(files, image))).toEqual([
      `warning SPLIT_FILE_ABSENT ${name}: ${file} names images that are not there (1): ${image}.`,
      `warning MASK_WITHOUT_IMAGE ${name}/Data/Masks/Anomaly/${defect}.png: There is no image to this mask.`,
      counts("defective test", 1),
    ]);
  });

  it("a mask that the file names and that is not there", async () => {
    expect(await plant((files) => without(files, mask))).toEqual([
      `warning SPLIT_FILE_ABSENT ${name}: ${file} names masks that are not there (1): ${mask}.`,
    ]);
  });

  it("a defect without a mask", async () => {
    expect(await plantRows([`,${mask}`, ","])).toEqual([
      `warning MASK_MISSING ${name}: ${file} names no mask for 1 of 2 defective images: Data/Images/Anomaly/${defect}.${extension}.`,
    ]);
  });

  it("a mask without an image", async () => {
    expect(await plant((files) => ({ ...files, [`${name}/Data/Masks/Anomaly/stray.png`]: "" }))).toEqual([
      `warning MASK_WITHOUT_IMAGE ${name}/Data/Masks/Anomaly/stray.png: There is no image to this mask.`,
    ]);
  });

  it("images that the file does not name", async () => {
    const added = { [normal("extra")]: "", [normal("spare")]: "" };
    expect(await plant((files) => ({ ...files, ...added }))).toEqual([
      `info IMAGE_UNLISTED ${name}: Images that ${file} does not name are left out (2): Data/Images/Normal/extra.${extension}, Data/Images/Normal/spare.${extension}.`,
    ]);
  });

  it.each([
    ["a defective image to train on", "test,anomaly", "train,anomaly"],
    ['the split "val", which is neither train nor test', "test,anomaly", "val,anomaly"],
    ['the label "bad", which is neither normal nor anomaly', "test,anomaly", "test,bad"],
  ])("a row with %s", async (reason, before, after) => {
    const found = await plantRows([`${name},${before}`, `${name},${after}`]);
    expect(found).toContainEqual(
      expect.stringMatching(
        `^error SPLIT_ROW_INVALID ${name}: ${file} has ${reason}; passed over: row \\d+\\.$`,
      ),
    );
    expect(found).toContainEqual(counts("defective test", 1));
  });

  it("the same image twice, once for training and once for the test", async () => {
    const found = await plantRows([
      `${name},test,normal`,
      `${name},test,normal,${normal(first!)},\r\n${name},test,normal`,
    ]);
    expect(found).toEqual([
      expect.stringMatching(
        `^error SPLIT_ROW_INVALID ${name}: ${file} has its image again; passed over: row \\d+\\.$`,
      ),
    ]);
  });

  it("an image of another class", async () => {
    const stray = `${beside}/Data/Images/Normal/0000.JPG`;
    const found = await plantRows([normal(second!), stray]);
    expect(found).toContainEqual(
      expect.stringMatching(`^error SPLIT_ROW_INVALID ${name}: ${file} has an image outside the class`),
    );
  });

  it("rows about a class that the suite does not have", async () => {
    expect(await plantRows([`${beside},train`, "cashews,train"])).toContainEqual(
      `warning SPLIT_ROW_INVALID <root>/${splitFile}: Rows about classes that ${title} does not have are passed over: cashews.`,
    );
  });

  it("no rows about a class", async () => {
    const found = await plant((files) => ({
      ...files,
      [splitFile]: String(files[splitFile])
        .split("\r\n")
        .filter((row) => !row.startsWith(`${name},`))
        .join("\r\n"),
    }));
    expect(found).toEqual([
      expect.stringMatching(`^error RSAD_DATASET_INVALID ${name}: Expected rows about the class`),
    ]);
  });

  it("a class that is missing", async () => {
    expect(await plant((files) => without(files, `${name}/`))).toEqual([
      `warning CLASS_MISSING ${name}: ${title}'s class ${name} is missing.`,
    ]);
  });

  it.each([
    ["object,split,label,image,mask", "object,split,label,image", "the heading object, split, label, image"],
    [
      "object,split,label,image,mask",
      "object;split;label;image;mask",
      "the heading object;split;label;image;mask",
    ],
  ])("a wrong heading: %s became %s", async (before, after, received) => {
    expect(await plantRows([before, after])).toEqual([
      `RSAD_DATASET_INVALID ${received}; Take the file as the data set's authors publish it; spreadsheet programs may change it when they save.`,
    ]);
  });

  it("an empty file, and no file at all", async () => {
    expect(await find(id, { ...sound, [splitFile]: "" })).toEqual([
      expect.stringMatching(/^RSAD_DATASET_INVALID an empty file; /),
    ]);
    expect(await find(id, without(sound, splitFile))).toEqual([
      expect.stringMatching(/^RSAD_DATASET_INVALID no such file; Get it from https:.* and put it there\.$/),
    ]);
  });

  it("a folder one level too high or too low", async () => {
    expect(await find(id, within("all", sound))).toEqual([
      expect.stringMatching(/a folder that holds it \(all\); Name the folder in it: <root>.all$/),
    ]);
    expect(await find(id, sound, `/${name}`)).toEqual([
      expect.stringMatching(/the folder of a single class; Name the folder above: <root>$/),
    ]);
  });

  it("the folder of another suite", async () => {
    const [other, otherTitle, all] = id === "visa" ? ["pcb-bank", "PCB-Bank", 7] : ["visa", "VisA", 12];
    expect(
      await find(id, { ...(await miniature(other as "visa")), [splitFile]: sound[splitFile]! }),
    ).toContainEqual(
      `warning SUITE_OTHER <root>: The folder holds ${all} classes of ${otherTitle} and 4 of the suite ${id}.`,
    );
    expect(await find(id, await miniature("mpdd"))).toEqual([
      "RSAD_DATASET_INVALID the classes of MPDD; Name the suite mpdd.",
    ]);
  });

  it("nothing in a file with quotes, a byte order mark, other line ends or another order of columns", async () => {
    const text = String(sound[splitFile]);
    const rows = text.split("\r\n").map((row) => row.split(","));
    const quoted = rows.map((row) => row.map((field) => `"${field}"`).join(",")).join("\r\n");
    const turned = rows.map((row) => row.toReversed().join(",")).join("\n");
    for (const same of [quoted, `\uFEFF${text}`, text.replaceAll("\r\n", "\n"), turned, `${text}\r\n\r\n`]) {
      expect(await findBeside(id, sound, { ...sound, [splitFile]: same })).toEqual([]);
    }
  });

  it("nothing where extensions differ in case", async () => {
    const other = extension === "jpg" ? "JPG" : "jpg";
    expect(
      await plant((files) =>
        renamed(
          renamed(files, image, image.replace(`.${extension}`, `.${other}`)),
          mask,
          mask.replace("png", "PNG"),
        ),
      ),
    ).toEqual([]);
  });

  it("nothing in names with commas, quotes and letters with accents", async () => {
    const odd = normal('a "left", é'.normalize("NFD"));
    const files = renamed(sound, normal(first!), odd);
    const row = `"${normal('a ""left"", é')}"`;
    if (process.platform !== "win32") {
      expect(await findBeside(id, sound, changedRows(files, splitFile, [normal(first!), row]))).toEqual([]);
    }
  });

  it("names samples by their paths below the class, and reads all but zeros of a mask as defect", async () => {
    const root = await temporarySet(sound);
    const { classes } = await openSuite(id, root, { classes: [name] });
    const { dataset } = classes[0]!;
    expect(dataset.layout).toBe("visa");
    expect(dataset.train.map((sample) => sample.name)[0]).toBe(`Data/Images/Normal/${first}.${extension}`);
    expect(dataset.test.map(({ type }) => type)).toEqual(["anomaly", "anomaly", "good", "good"]);
    expect(dataset.test[1]).toEqual({
      path: join(root, ...image.split("/")),
      name: image.slice(name.length + 1),
      type: "anomaly",
      mask: join(root, ...mask.split("/")),
      maskRule: "nonzero",
    });
    for (const { mask: path, maskRule } of dataset.test.slice(0, 2)) {
      expect((await decodeMask(path!, maskRule)).data.filter((value) => value === 1)).toHaveLength(16);
    }
  });

  it("opens what its authors' script makes of it: train, test and ground_truth", async () => {
    const prepared: Files = {};
    for (const i of ["0", "1", "2", "3"]) prepared[`1cls/${name}/train/good/${i}.JPG`] = "";
    for (const i of ["4", "5"]) prepared[`1cls/${name}/test/good/${i}.JPG`] = "";
    for (const i of ["0", "1"]) {
      prepared[`1cls/${name}/test/bad/${i}.JPG`] = "";
      prepared[`1cls/${name}/ground_truth/bad/${i}.png`] = "";
    }
    const root = await temporarySet(prepared);
    await expect(openSuite(id, root)).rejects.toMatchObject({
      hint: `Name the folder in it: ${join(root, "1cls")}`,
    });
    const { classes } = await openSuite(id, join(root, "1cls"), { classes: [name] });
    expect(classes[0]!.dataset.layout).toBe("mvtec");
    expect(classes[0]!.dataset.test.map(({ maskRule }) => maskRule)).toEqual([
      "nonzero",
      "nonzero",
      undefined,
      undefined,
    ]);
  });
});

it("says nothing of a class whose images are all there", async () => {
  const files: Files = {};
  const rows = ["object,split,label,image,mask"];
  for (let i = 0; i < 500; i++) {
    files[`fryum/Data/Images/Normal/${i}.JPG`] = "";
    rows.push(`fryum,${i < 450 ? "train" : "test"},normal,fryum/Data/Images/Normal/${i}.JPG,`);
  }
  for (let i = 0; i < 100; i++) {
    files[`fryum/Data/Images/Anomaly/${i}.JPG`] = "";
    files[`fryum/Data/Masks/Anomaly/${i}.png`] = "";
    rows.push(`fryum,test,anomaly,fryum/Data/Images/Anomaly/${i}.JPG,fryum/Data/Masks/Anomaly/${i}.png`);
  }
  files["split_csv/1cls.csv"] = rows.join("\r\n");
  const found = await find("visa", files);
  expect(found.filter((finding) => finding.includes("fryum") && !finding.includes("pipe_fryum"))).toEqual([]);
});
