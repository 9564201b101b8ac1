import { access, chmod, copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { encodeMaskPng } from "../images/index.ts";
import { capture } from "./testing/capture.ts";
import { TINY, tinyData } from "./testing/tiny.ts";

const at = tinyData();
const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** One clear message with a code and a hint, exit code 2. */
async function expectFailure(args: readonly string[], code: string, told: RegExp): Promise<void> {
  const result = await capture([...args, "--quiet"]);
  expect(result).toMatchObject({ code: 2, stdout: "" });
  expect(result.stderr).toMatch(new RegExp(`^${code}: Expected .* but received .*\nHint: .+\n$`));
  expect(result.stderr).toMatch(told);
}

describe("train: no folder is left behind", () => {
  const good = (index: number) => at("data", "train", "good", `00${index}.png`);
  let jpeg: Uint8Array;

  /** Six good images, of which the last is what `content` makes of it. */
  async function parts(name: string, file: string, content: Uint8Array | string): Promise<string> {
    await mkdir(at(name), { recursive: true });
    for (let i = 0; i < 5; i++) await copyFile(good(i), at(name, `${i}.png`));
    await writeFile(at(name, file), content);
    return at(name);
  }

  beforeAll(async () => {
    const { default: sharp } = await import("sharp");
    jpeg = await sharp(good(0)).jpeg().toBuffer();
  });

  async function expectNothing(folder: string, code: string, told: RegExp, ...more: string[]): Promise<void> {
    const out = at("left", "below", "it");
    await expectFailure(["train", folder, "--out", out, ...TINY, ...more], code, told);
    expect(await exists(at("left"))).toBe(false);
  }

  test("an empty folder", async () => {
    await mkdir(at("empty"));
    await expectNothing(at("empty"), "RSAD_DATASET_EMPTY", /empty/);
  });

  test("a text file named .png", async () => {
    await expectNothing(await parts("text", "x.png", "hello"), "RSAD_IMAGE_INVALID", /x\.png/);
  });

  test("a truncated JPEG", async () => {
    const half = jpeg.subarray(0, jpeg.length / 2);
    await expectNothing(await parts("truncated", "x.jpg", half), "RSAD_IMAGE_INVALID", /x\.jpg/);
  });

  test("a file of 0 bytes", async () => {
    await expectNothing(await parts("zero", "x.png", ""), "RSAD_IMAGE_INVALID", /x\.png/);
  });

  test("a single image", async () => {
    await mkdir(at("single"));
    await copyFile(good(0), at("single", "0.png"));
    await expectNothing(at("single"), "RSAD_DATASET_INVALID", /received 1/);
  });

  test("a missing backbone", async () => {
    const flags = ["--taps", "a", "--channels", "rgb", "--scale", "1", "--mean", "0,0,0", "--std", "1,1,1"];
    const missing = at("missing.onnx");
    await expectNothing(
      at("data"),
      "RSAD_BACKBONE_MISSING",
      /missing\.onnx/,
      "--backbone",
      missing,
      ...flags,
    );
  });

  test("an output folder that is a file", async () => {
    await writeFile(at("file"), "mine");
    await expectFailure(["train", at("data"), "--out", at("file"), ...TINY], "RSAD_[A-Z_]+", /file/);
    expect(await readFile(at("file"), "utf8")).toBe("mine");
  });

  // The superuser may write everywhere, and Windows has other permissions.
  test.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "no permission to write",
    async () => {
      await mkdir(at("locked"));
      await chmod(at("locked"), 0o555);
      await expectFailure(
        ["train", at("data"), "--out", at("locked", "out"), ...TINY],
        "RSAD_PERMISSION_DENIED",
        /locked/,
      );
    },
  );
});

const model = () => at("trained", "model.onnx");
beforeAll(async () => {
  const { code } = await capture(["train", at("data"), "--out", at("trained"), ...TINY, "--quiet"]);
  expect(code).toBe(0);
});

describe("evaluate", () => {
  test("a mask of the wrong size", async () => {
    await cp(at("data"), at("wrong-mask"), { recursive: true });
    const mask = at("wrong-mask", "ground_truth", "dent", "000_mask.png");
    await writeFile(mask, await encodeMaskPng({ width: 3, height: 2, data: new Uint8Array(6) }));
    const args = ["evaluate", model(), at("wrong-mask"), "--out", at("wrong-report")];
    await expectFailure(args, "RSAD_MASK_INVALID", /256 x 256.*3 x 2/);
    expect(await exists(at("wrong-report"))).toBe(false);
  });

  test("no masks at all: image figures alone, and it says so", async () => {
    await cp(at("data"), at("unmasked"), { recursive: true });
    await rm(at("unmasked", "ground_truth"), { recursive: true });
    const { code, stdout } = await capture([
      "evaluate",
      model(),
      at("unmasked"),
      "--out",
      at("unmasked-report"),
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain("No pixel figures: no defect image has a mask.");
    expect(stdout).not.toContain("AUPRO");
  });

  test("no training images and no good ones: what can be measured is, and it says what cannot", async () => {
    await cp(at("data", "test"), at("one-sided", "test"), { recursive: true });
    await rm(at("one-sided", "test", "good"), { recursive: true });
    const args = ["evaluate", model(), at("one-sided"), "--out", at("one-sided-report")];
    const { code, stdout } = await capture(args);
    expect(code).toBe(0);
    expect(stdout).toContain("No image AUROC: there are no good test images.");
  });

  test("a folder of good images, without anything to measure on", async () => {
    await expectFailure(["evaluate", model(), at("data", "train", "good")], "RSAD_DATASET_EMPTY", /test/);
  });

  test("a model of another version, a damaged one, none", async () => {
    const bytes = await readFile(model());
    const other = Buffer.from(bytes.toString("latin1").replace(/\{"format":\d,/, '{"format":9,'), "latin1");
    expect(other.equals(bytes)).toBe(false);
    await writeFile(at("other.onnx"), other);
    await writeFile(at("damaged.onnx"), bytes.subarray(0, bytes.length / 2));
    await writeFile(at("text.onnx"), "hello");
    for (const command of ["evaluate", "inspect"]) {
      await expectFailure([command, at("other.onnx"), at("data")], "RSAD_MODEL_INVALID", /format 9/);
      await expectFailure([command, at("damaged.onnx"), at("data")], "RSAD_MODEL_INVALID", /damaged\.onnx/);
      await expectFailure([command, at("text.onnx"), at("data")], "RSAD_MODEL_INVALID", /text\.onnx/);
      await expectFailure([command, at("none.onnx"), at("data")], "RSAD_FILE_MISSING", /none\.onnx/);
    }
  });
});

describe("inspect", () => {
  const image = () => at("data", "test", "good", "000.png");
  const inspect = (path: string, ...more: string[]) => ["inspect", model(), path, ...more];

  test("an output folder that cannot be made is found out before an image is judged", async () => {
    await writeFile(at("taken"), "a file");
    await expectFailure(inspect(image(), "--out", at("taken")), "RSAD_FILE_MISSING", /taken/);
  });

  test("results that would replace an image that is to be inspected", async () => {
    await mkdir(at("scans"));
    await copyFile(image(), at("scans", "000.tiff"));
    const args = inspect(at("scans"), "--out", at("scans"), "--maps", "tiff");
    await expectFailure(args, "RSAD_ARGUMENT_INVALID", /000\.tiff\nHint: Choose another --out/);
    expect((await readFile(at("scans", "000.tiff"))).equals(await readFile(image()))).toBe(true);
  });

  test("a name so long that only its heatmap's name fits, and one whose does not; others are kept", async () => {
    await mkdir(at("long"));
    const names = ["a.png", `${"\u90e8".repeat(80)}.png`, `${"x".repeat(250)}.png`];
    for (const name of names) await copyFile(image(), at("long", name));
    const { code, stdout, stderr } = await capture(inspect(at("long"), "--out", at("kept"), "--json"));
    expect(code).toBe(2);
    expect(stderr).toMatch(/RSAD_FILE_FAILED: .*x\.heatmap\.png .*ENAMETOOLONG.*\nHint: .*shorter/);
    const { counts, images } = JSON.parse(stdout);
    expect(counts.failed).toBe(1);
    const failed = images.filter(({ error }: { error?: object }) => error !== undefined);
    expect(failed).toMatchObject([{ path: at("long", names[2]!), error: { code: "RSAD_FILE_FAILED" } }]);
    expect((await readdir(at("kept"))).sort()).toEqual(
      ["a.heatmap.png", `${"\u90e8".repeat(80)}.heatmap.png`].sort(),
    );
  });

  test("nothing that can be inspected: no folder is left", async () => {
    await writeFile(at("text.png"), "no image");
    const { code, stdout, stderr } = await capture(inspect(at("text.png"), "--out", at("none")));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(
      /^inspecting \(1\)\nRSAD_IMAGE_INVALID: .*\nHint: .*\n0 defective, 0 good, 1 not inspected\n$/,
    );
    expect(await exists(at("none"))).toBe(false);
  });
});

test("demo: an output folder that cannot be made", async () => {
  await writeFile(at("in-the-way"), "mine");
  await expectFailure(["demo", "--out", join(at("in-the-way"), "x")], "RSAD_[A-Z_]+", /in-the-way/);
});
