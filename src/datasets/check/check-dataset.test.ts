import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { encodeMaskPng } from "../../images/index.ts";
import type { Progress } from "../../progress.ts";
import { noisePng, temporarySet } from "../testing/temporary-set.ts";
import { checkDataset } from "./check-dataset.ts";

type Files = Record<string, Uint8Array | string>;

const SIDE = 80;

function mask(marked: (index: number) => boolean, width = SIDE): Promise<Uint8Array> {
  const data = Uint8Array.from({ length: width * SIDE }, (_, i) => (marked(i) ? 1 : 0));
  return encodeMaskPng({ width, height: SIDE, data });
}

/** A data set in which there is nothing to find but its sizes. */
async function sound(): Promise<Files> {
  const files: Files = {};
  for (let i = 0; i < 30; i++) files[`train/good/${i}.png`] = await noisePng(i);
  files["test/good/0.png"] = await noisePng(100);
  files["test/dent/0.png"] = await noisePng(101);
  files["ground_truth/dent/0_mask.png"] = await mask((i) => i % 3 === 0);
  return files;
}

/** Severity, code and subject of all findings but the sizes. */
async function find(files: Files): Promise<string[]> {
  const findings = await checkDataset(await temporarySet(files));
  for (const { message, hint } of findings) expect([message, hint]).not.toContain("");
  return findings
    .filter(({ code }) => code !== "IMAGE_SIZES")
    .map(({ severity, code, subject }) => `${severity} ${code} ${subject}`);
}

async function findBeside(files: Files): Promise<string[]> {
  return find({ ...(await sound()), ...files });
}

describe("checkDataset", () => {
  it("finds nothing in a sound data set, and reports its progress", async () => {
    const reports: Progress[] = [];
    const root = await temporarySet(await sound());
    const findings = await checkDataset(root, { onProgress: (progress) => reports.push(progress) });
    expect(findings).toEqual([
      {
        severity: "info",
        code: "IMAGE_SIZES",
        subject: "train/good/0.png",
        message: "All images have 80 x 80 pixels.",
        hint: "Nothing needs doing.",
      },
    ]);
    expect(reports.map(({ done }) => done)).toEqual(Array.from({ length: 33 }, (_, i) => i));
    expect(reports.every(({ total }) => total === 32)).toBe(true);
  });

  it("stops between images when told to", async () => {
    const abort = new AbortController();
    const seen: number[] = [];
    const onProgress = ({ done }: Progress) => {
      seen.push(done);
      if (done === 3) abort.abort(new Error("enough"));
    };
    const root = await temporarySet(await sound());
    await expect(checkDataset(root, { onProgress, signal: abort.signal })).rejects.toThrow("enough");
    expect(seen).toEqual([0, 1, 2, 3]);
  });

  it("finds images that cannot be decoded", async () => {
    const png = await noisePng(7);
    expect(
      await findBeside({
        "train/good/empty.png": "",
        "train/good/text.jpg": "no image",
        "test/good/short.png": png.subarray(0, png.length / 2),
      }),
    ).toEqual([
      "error IMAGE_INVALID train/good/empty.png",
      "error IMAGE_INVALID train/good/text.jpg",
      "error IMAGE_INVALID test/good/short.png",
    ]);
  });

  it("finds copies, also in another format", async () => {
    const files = await sound();
    const copy = await sharp(files["train/good/3.png"]).tiff({ compression: "lzw" }).toBuffer();
    expect(
      await findBeside({ "train/good/z.tif": copy, "test/good/z.png": files["train/good/5.png"]! }),
    ).toEqual(["error IMAGE_IN_TRAIN_AND_TEST test/good/z.png", "warning IMAGE_DUPLICATE train/good/3.png"]);
  });

  it("finds masks that do not fit", async () => {
    expect(
      await findBeside({
        "test/dent/1.png": await noisePng(111),
        "ground_truth/dent/1_mask.png": await mask(() => true, 79),
        "test/dent/2.png": await noisePng(112),
        "ground_truth/dent/2_mask.png": await mask(() => false),
        "test/dent/3.png": await noisePng(113),
        "ground_truth/dent/3_mask.png": await mask(() => true),
        "test/dent/4.png": await noisePng(114),
        "ground_truth/dent/4_mask.png": "no mask",
        "test/dent/5.png": await noisePng(115),
        "ground_truth/dent/6_mask.png": await mask((i) => i === 9),
      }),
    ).toEqual([
      "error MASK_SIZE test/dent/1.png",
      "error MASK_INVALID test/dent/4.png",
      "warning MASK_EMPTY test/dent/2.png",
      "warning MASK_FULL test/dent/3.png",
      "warning MASK_MISSING test/dent",
      "warning MASK_WITHOUT_IMAGE ground_truth/dent/6_mask.png",
    ]);
  });

  it("finds grey among colour, blank, and very small images", async () => {
    const white = { width: SIDE, height: SIDE, channels: 3, background: "white" } as const;
    expect(
      await findBeside({
        "train/good/grey.png": await noisePng(50, { grey: true }),
        "train/good/white.png": await sharp({ create: white }).png().toBuffer(),
        "train/good/small.png": await noisePng(51, { width: 40 }),
      }),
    ).toEqual([
      "warning IMAGE_BLANK train/good/white.png",
      "warning IMAGE_COLOUR_MIXED train/good/grey.png",
      "warning IMAGE_SMALL train/good/small.png",
    ]);
  });

  it.each([
    [65535, "info IMAGE_16_BIT train/good/deep.png"],
    [4095, "warning IMAGE_16_BIT_DARK train/good/deep.png"],
  ])("notices 16 bits up to %i", async (largest, finding) => {
    const data = Uint16Array.from({ length: SIDE * SIDE * 3 }, (_, i) => (i * 7919) % (largest + 1));
    data[0] = largest;
    const image = sharp(data, { raw: { width: SIDE, height: SIDE, channels: 3 } }).toColourspace("rgb16");
    expect(await findBeside({ "train/good/deep.png": await image.png().toBuffer() })).toEqual([finding]);
  });

  it.each([
    [3, "error"],
    [4, "warning"],
    [29, "warning"],
  ])("counts %i training images", async (count, severity) => {
    const files: Files = {};
    for (let i = 0; i < count; i++) files[`${i}.png`] = await noisePng(i);
    const root = await temporarySet(files);
    const findings = await checkDataset(root);
    expect(findings.map((finding) => [finding.severity, finding.code, finding.subject])).toEqual([
      [severity, "TRAIN_FEW", root],
      ["info", "TEST_ABSENT", root],
      ["info", "IMAGE_SIZES", "0.png"],
    ]);
  });

  it("finds a test set without good images, and files of other kinds", async () => {
    const files = await sound();
    delete files["test/good/0.png"];
    expect(await find({ ...files, "train/good/phone.heic": "x", "readme.txt": "x" })).toEqual([
      "warning TEST_ONE_SIDED test",
      "info FILES_IGNORED train/good/phone.heic",
    ]);
  });

  it("finds heatmaps of an earlier inspection, which are no images of a data set", async () => {
    const heatmaps = { "train/good/0.heatmap.png": "x", "test/good/0.heatmap.png": "x" };
    expect(await findBeside(heatmaps)).toEqual(["info FILES_IGNORED test/good/0.heatmap.png"]);
  });

  it("describes differing sizes", async () => {
    const root = await temporarySet({
      "a.png": await noisePng(1, { width: 160 }),
      "b.png": await noisePng(2, { height: 100 }),
      "c.png": await noisePng(3, { width: 160 }),
    });
    const sizes = (await checkDataset(root)).find(({ code }) => code === "IMAGE_SIZES");
    expect(sizes?.message).toBe(
      "Sizes in pixels: 160 x 80 (2), 80 x 100 (1); width / height from 0.80 to 2.00.",
    );
  });

  it("tells why a data set does not open", async () => {
    const missing = join(await temporarySet({}), "missing");
    expect(await checkDataset(missing)).toMatchObject([
      { severity: "error", code: "RSAD_FILE_MISSING", subject: missing },
    ]);
    expect(await find({ "train/good/0.png": "", "train/dent/0.png": "" })).toEqual([
      expect.stringMatching(/^error RSAD_DATASET_INVALID/),
    ]);
  });
});
