import { access, copyFile, cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import type { DefectRegion } from "../evaluation/index.ts";
import { capture, Memory } from "./testing/capture.ts";
import { TINY, tinyData } from "./testing/tiny.ts";

const at = tinyData();
const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

beforeAll(async () => {
  const { code, stdout, stderr } = await capture(["train", at("data"), "--out", at("out"), ...TINY]);
  expect([code, stderr]).toEqual([0, "features (6)\ntraining (2)\nthresholds (2)\nverifying (2)\n"]);
  expect(stdout).toContain(at("out", "model.onnx"));
});

describe("train", () => {
  test("leaves the model, the losses and the times, and no state", async () => {
    expect((await readdir(at("out"))).sort()).toEqual([
      "model.losses.jsonl",
      "model.onnx",
      "model.training.json",
    ]);
    const lines = (await readFile(at("out", "model.losses.jsonl"), "utf8")).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).step)).toEqual([1, 2]);
  });

  test("does not replace a finished model unasked", async () => {
    const args = ["train", at("data"), "--out", at("out"), ...TINY];
    for (const more of [[], ["--resume"]]) {
      const { code, stderr } = await capture([...args, ...more]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/a folder without a finished model.*\nHint: .*--force/);
    }
    const before = await readFile(at("out", "model.onnx"));
    expect(await capture([...args, "--force", "--quiet"])).toMatchObject({ code: 0, stderr: "" });
    expect(before.equals(await readFile(at("out", "model.onnx")))).toBe(true);
  });

  test("an interruption says how to go on, which gives the same model", async () => {
    const interrupt = new AbortController();
    const stderr = new Memory();
    stderr.on("line", (line: string) => line.startsWith("training") && interrupt.abort());
    const args = ["train", at("data"), "--out", at("stopped"), ...TINY];
    const stopped = await capture(args, { signal: interrupt.signal, stderr });
    expect(stopped.code).toBe(130);
    expect(stderr.text).toContain("Interrupted. Run the same command with --resume to go on.");
    const again = await capture(args);
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(
      /an interrupted run.*\nHint: Go on with it by --resume, or start anew with --force/,
    );
    await writeFile(at("stopped", "model.onnx"), "of an earlier run");
    expect((await capture(args)).stderr).toBe(again.stderr);
    expect(await capture([...args, "--resume"])).toMatchObject({ code: 0 });
    const model = await readFile(at("stopped", "model.onnx"));
    expect(model.equals(await readFile(at("out", "model.onnx")))).toBe(true);
  });

  test("an interruption while the finished model is verified says that it is whole, after its summary", async () => {
    const interrupt = new AbortController();
    const [stdout, stderr] = [new Memory(), new Memory()];
    stderr.on("line", (line: string) => line.startsWith("verifying") && interrupt.abort());
    const args = ["train", at("data"), "--out", at("whole"), ...TINY];
    expect(await capture(args, { signal: interrupt.signal, stdout, stderr })).toMatchObject({ code: 130 });
    expect(stdout.text).toMatch(
      /^Model {7}\S+model\.onnx$[\s\S]*^Thresholds {2}image[\s\S]*^Promise {5}on[\s\S]*^Time/m,
    );
    expect(stdout.text).not.toContain("Verified");
    const model = at("whole", "model.onnx");
    const verify = `verify ${model} ${at("data", "train", "good")}`;
    expect(stderr.text.trimEnd().split("\n").at(-1)).toBe(
      `Interrupted. The model is written and whole, but not verified; rsad ${verify} does it.`,
    );
    expect((await readFile(model)).equals(await readFile(at("out", "model.onnx")))).toBe(true);
    expect(await capture([...verify.split(" "), "--most", "1", "--threads", "1"])).toMatchObject({ code: 0 });
  });

  test("an interruption before anything was learned leaves nothing to go on with", async () => {
    const interrupt = new AbortController();
    interrupt.abort();
    const args = ["train", at("data"), "--out", at("unstarted"), ...TINY];
    expect(await capture(args, { signal: interrupt.signal })).toMatchObject({ code: 130 });
    expect(await exists(at("unstarted", "model.state"))).toBe(false);
  });

  test("--json prints one document", async () => {
    const { code, stdout } = await capture(["train", at("data"), "--out", at("json"), "--json", ...TINY]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      model: at("json", "model.onnx"),
      metadata: { recipe: { method: "rsad" }, seed: 0, data: { count: 6 }, threshold: { count: 2 } },
      finalLosses: { step: 2 },
    });
  });
});

test("train --mask: the model, its summary and the report say which part is inspected", async () => {
  const polygons = [[[0, 0], [0.5, 0], [0.5, 1], [0, 1]]]; // biome-ignore format: a polygon
  await writeFile(at("left.json"), JSON.stringify({ polygons }));
  const args = ["train", at("data"), "--out", at("masked"), "--mask", at("left.json"), ...TINY];
  const { code, stdout } = await capture(args);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Inspects {4}50.00 % of each image, by left.json$/m);
  const evaluated = await capture(["evaluate", at("masked", "model.onnx"), at("data")]);
  expect(evaluated.code).toBe(0);
  const report = await readFile(at("masked", "report", "report.html"), "utf8");
  expect(report).toContain("50.00 % of each image, by left.json");
});

test("train --tile: the model says so, cuts what it inspects, and names what is too small to be cut", async () => {
  const args = ["train", at("data"), "--out", at("tiled"), "--tile", "128", ...TINY];
  const { code, stdout } = await capture(args);
  expect(code).toBe(0);
  // 256 x 256 in tiles of 128 that share 32: 3 x 3 of each of 4 images.
  expect(stdout).toMatch(/^In tiles {4}128 x 128 pixels, 32 of them shared by neighbours; trained on 36$/m);
  expect(stdout).toMatch(
    /^Verified {4}no, images in tiles .* rsad verify .*model\.onnx IMAGE\.\.\. does it$/m,
  );
  const model = at("tiled", "model.onnx");
  const small = at("small.png");
  await sharp({ create: { width: 100, height: 300, channels: 3, background: "grey" } }).toFile(small);
  const inspect = ["inspect", model, at("data", "test", "dent"), small, "--no-heatmaps"];
  const inspected = await capture(inspect);
  expect(inspected.code).toBe(2);
  expect(inspected.stdout).toContain("000.png");
  expect(inspected.stderr).toMatch(/RSAD_IMAGE_INVALID: .*at least 128 x 128 pixels.*small\.png/);
  const twice = await capture([...inspect, "--tile", "64"]);
  expect([twice.code, twice.stderr]).toEqual([
    2,
    expect.stringContaining("no tiles for a model with its own"),
  ]);
  const smaller = await capture(["export", model, "--precision", "fp16", "--images", at("data")]);
  expect([smaller.code, smaller.stderr]).toEqual([2, expect.stringContaining("a model of whole images")]);
});

test("train --without leaves out what a list names, and says so", async () => {
  await writeFile(at("drop.txt"), "# dropped\r\ntrain/good/002.png\r\n");
  const args = ["train", at("data"), "--out", at("fewer"), "--without", at("drop.txt"), ...TINY];
  const { code, stdout } = await capture(args);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Trained on {2}3 of 5 good images, 1 more left out, 2 steps$/m);
  await writeFile(at("drop.txt"), "train/good/2.png\n");
  const wrong = await capture([...args, "--force"]);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toMatch(/^RSAD_DATASET_INVALID: .*train\/good\/2\.png\nHint: /);
});

test("train tells of images that are copies of others, which take no part", async () => {
  await cp(at("data"), at("copied"), { recursive: true });
  await copyFile(at("data", "train", "good", "000.png"), at("copied", "train", "good", "copy.png"));
  const { code, stdout } = await capture(["train", at("copied"), "--out", at("of-copied"), ...TINY]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Trained on {2}4 of 7 good images \(copies of others: 1\), 2 steps$/m);
});

test("train --without a list that names nothing says so, and leaves nothing out", async () => {
  await writeFile(at("none.txt"), "# dropped\n\n");
  const args = ["train", at("data"), "--out", at("all-of-them"), "--without", at("none.txt"), ...TINY];
  const { code, stdout, stderr } = await capture([...args, "--quiet"]);
  expect([code, stderr]).toEqual([0, `${at("none.txt")} names no image: nothing is left out.\n`]);
  expect(stdout).toMatch(/^Trained on {2}4 of 6 good images, 2 steps$/m);
});

describe("train --method", () => {
  test("learns by another method, and says what; its model is inspected and evaluated as any other", async () => {
    const out = at("patchcore");
    const args = ["train", at("data"), "--out", out, "--method", "patchcore", "--set", "coreset.cap=20"];
    const { code, stdout } = await capture([...args, "--threads", "1"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Learned {5}patchcore, 20 vectors$/m);
    expect(stdout).not.toMatch(/^(Losses|Noise)/m);
    expect(stdout).toMatch(/^Trained on {2}4 of 6 good images$/m);
    const evaluated = await capture(["evaluate", at("patchcore", "model.onnx"), at("data")]);
    expect(evaluated.code).toBe(0);
    const report = await readFile(at("patchcore", "report", "report.html"), "utf8");
    expect(report).toContain("patchcore");
    expect(report).not.toContain("Training losses");
  });

  test("and a recipe of another one do not go together", async () => {
    const { code, stderr } = await capture(["train", at("data"), "--method", "padim", "--recipe", "paper"]);
    expect(code).toBe(2);
    expect(stderr).toContain("a recipe of the method padim");
  });
});

describe("evaluate", () => {
  test("prints a row for each defect type and writes the report", async () => {
    const { code, stdout } = await capture(["evaluate", at("out", "model.onnx"), at("data")]);
    expect(code).toBe(0);
    for (const type of ["dent", "missing_hole", "scratch", "stain", "all"]) {
      expect(stdout).toMatch(new RegExp(`^${type} +\\d+ +[\\d.]+ +[\\d.]+ +\\d+ +\\d+$`, "m"));
    }
    expect(stdout).toMatch(/^AUPRO to 30 % false positives +[\d.]+ % {2}share/m);
    expect(stdout).toMatch(/^AUPRO to 5 % +[\d.]+ % {2}the same/m);
    expect(stdout).toMatch(/^AUPIMO +[\d.]+ % {2}share/m);
    expect(stdout).toMatch(/At the threshold [-\d.]+: \d of 4 defects found, \d of 2 good images rejected/);
    const report = await readFile(at("out", "report", "report.html"), "utf8");
    for (const part of ["Training losses", "features", "Evaluation", "Backbone", "test/dent/000.png"]) {
      expect(report).toContain(part);
    }
    const { evaluation } = JSON.parse(await readFile(at("out", "report", "evaluation.json"), "utf8"));
    expect(evaluation.samples).toHaveLength(6);
  });

  test("--json, --out and --threshold", async () => {
    const args = ["evaluate", at("out", "model.onnx"), at("data"), "--json", "--out", at("elsewhere")];
    const { code, stdout } = await capture([...args, "--threshold", "-1000"]);
    expect(code).toBe(0);
    const { evaluation, report } = JSON.parse(stdout);
    expect(report).toBe(at("elsewhere", "report.html"));
    expect(evaluation.atThreshold).toMatchObject({ threshold: -1000, detected: 4, falseRejects: 2 });
  });
});

describe("inspect", () => {
  const image = () => at("data", "test", "stain", "000.png");

  test("a defect: exit code 1, boxes, heatmap and raw map", async () => {
    const args = ["inspect", at("out", "model.onnx"), image(), "--out", at("seen")];
    const { code, stdout } = await capture([
      ...args,
      "--threshold",
      "-1000",
      "--pixel-threshold",
      "-1000",
      "--maps",
      "tiff",
    ]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^defect +[-\d.]+ {2}\(threshold -1000, p [\d.]+\) {2}.*000\.png\n +256 x 256 pixels at \(0, 0\), area 65536, peak/,
    );
    expect((await readdir(at("seen"))).sort()).toEqual(["000.heatmap.png", "000.tiff"]);
  });

  test("no defect: exit code 0; without heatmaps nothing is written", async () => {
    const args = ["inspect", at("out", "model.onnx"), image(), "--out", at("unseen"), "--no-heatmaps"];
    const { code, stdout, stderr } = await capture([...args, "--threshold", "1000", "--quiet"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^good +[-\d.]+ {2}\(threshold 1000, p [\d.]+\) {2}.*000\.png\n$/);
    expect(await exists(at("unseen"))).toBe(false);
  });

  test("--json: a folder, names, boxes and counts", async () => {
    const args = [
      "inspect",
      at("out", "model.onnx"),
      at("data", "test"),
      "--out",
      at("all"),
      "--maps",
      "npy",
      "--json",
    ];
    // So low that every image has a region, whatever so short a training has learned.
    const low = ["--threshold", "-1000", "--pixel-threshold", "-1000"];
    const { code, stdout } = await capture([...args, ...low]);
    expect(code).toBe(1);
    const { counts, images } = JSON.parse(stdout);
    expect(counts).toEqual({ defect: 6, review: 0, good: 0, failed: 0 });
    expect(images[0]).toMatchObject({
      path: at("data", "test", "dent", "000.png"),
      verdict: "defect",
      threshold: -1000,
      width: 256,
      heatmap: at("all", "dent", "000.heatmap.png"),
      map: at("all", "dent", "000.npy"),
    });
    expect(images[0].regions).toBeInstanceOf(Array);
    expect(images[0].peak).toEqual({
      x: expect.any(Number),
      y: expect.any(Number),
      value: images[0].regions[0].peak,
    });
    expect(images[0].regions[0].peakAt).toEqual({ x: images[0].peak.x, y: images[0].peak.y });
    expect(images[0].regions.every(({ contour }: DefectRegion) => contour!.outer.length >= 4)).toBe(true);
    expect(await exists(images[0].map)).toBe(true);
  });

  test("--coco writes one file of all defects; --mm-per-pixel measures them", async () => {
    const coco = at("labels", "defects.json");
    const args = ["inspect", at("out", "model.onnx"), at("data", "test"), "--no-heatmaps", "--coco", coco];
    const all = ["--threshold", "-1000", "--pixel-threshold", "-1000", "--mm-per-pixel", "0.5"];
    const { stdout, stderr } = await capture([...args, ...all]);
    expect(stdout).toMatch(
      /256 x 256 pixels at \(0, 0\), area 65536, peak [-\d.]+ at \(\d+, \d+\), core \d+ x \d+ pixels at .*: 128 x 128 mm, 16400 mm², core \S+ x \S+ mm, \S+ mm²/,
    );
    expect(stderr).toContain(`defects in ${coco}`);
    const { images, annotations } = JSON.parse(await readFile(coco, "utf8"));
    expect(images).toHaveLength(6);
    expect(images[0]).toEqual({ id: 1, file_name: "dent/000.png", width: 256, height: 256 });
    expect(annotations.map(({ image_id }: { image_id: number }) => image_id)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(annotations[0]).toMatchObject({ bbox: [0, 0, 256, 256], area: 65536 });
    expect(annotations[0]).toMatchObject({ core_bbox: [0, 0, 256, 256], peak_at: { length: 2 } });
    await capture([...args, "--threshold", "1000", "--pixel-threshold", "-1000", "--force"]);
    expect(JSON.parse(await readFile(coco, "utf8"))).toMatchObject({
      images: { length: 6 },
      annotations: [],
    });
  });

  test("--coco replaces a file by --force alone, which nothing else needs", async () => {
    const file = at("mine.json");
    await writeFile(file, "corrected by hand");
    const args = ["inspect", at("out", "model.onnx"), image(), "--no-heatmaps"];
    const { code, stdout, stderr } = await capture([...args, "--coco", file]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/a file that is not there yet for --coco .*\nHint: .*--force/);
    expect(await readFile(file, "utf8")).toBe("corrected by hand");
    const folder = await capture([...args, "--coco", at("data"), "--force"]);
    expect([folder.code, folder.stderr]).toEqual([2, expect.stringContaining("data, which is a folder")]);
    const alone = await capture([...args, "--force"]);
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining("--coco beside it for --force")]);
    await capture([...args, "--coco", file, "--force"]);
    expect(JSON.parse(await readFile(file, "utf8")).images).toHaveLength(1);
  });

  test("--coco replaces no file that is read, and pixels have a size above 0", async () => {
    const model = at("out", "model.onnx");
    const args = ["inspect", model, image(), "--no-heatmaps"];
    for (const file of [model, image()]) {
      const { code, stderr } = await capture([...args, "--coco", file, "--force"]);
      expect(code).toBe(2);
      expect(stderr).toContain("a file that replaces no image");
    }
    const { code, stderr } = await capture([...args, "--mm-per-pixel", "0"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("a number above 0 for --mm-per-pixel")]);
  });

  test("an image that fails is reported, the others are inspected, and the exit code is 2", async () => {
    await mkdir(at("mixed"));
    await writeFile(at("mixed", "broken.png"), "no image");
    await writeFile(at("mixed", "fine.png"), await readFile(image()));
    const args = [
      "inspect",
      at("out", "model.onnx"),
      at("mixed"),
      at("missing.png"),
      "--out",
      at("mixed-out"),
    ];
    const { code, stdout, stderr } = await capture(args);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^(good|defect) .*fine\.png/m);
    expect(stderr).toMatch(/^RSAD_FILE_MISSING: .*missing\.png/m);
    expect(stderr).toMatch(/^RSAD_IMAGE_INVALID: .*broken\.png/m);
    expect(stderr).toContain("2 not inspected");
    const json = JSON.parse((await capture([...args, "--json"])).stdout);
    expect(json.counts.failed).toBe(2);
    expect(json.images[0]).toMatchObject({ path: at("missing.png"), error: { code: "RSAD_FILE_MISSING" } });
  });
});

test("doctor: this machine and a data set", async () => {
  const { code, stdout } = await capture(["doctor", at("data"), "--json"]);
  expect(code).toBe(0);
  const { ok, machine, dataset } = JSON.parse(stdout);
  expect(ok).toBe(true);
  expect(machine.map(({ code }: { code: string }) => code)).toEqual([
    "NODE_VERSION",
    "RUNTIME",
    "MEMORY",
    "BACKBONE",
    "DISK",
  ]);
  expect(dataset).toContainEqual(expect.objectContaining({ code: "TRAIN_FEW", severity: "warning" }));
  const text = await capture(["doctor", at("nowhere")]);
  expect(text.code).toBe(2);
  expect(text.stdout).toMatch(/ok +ONNX Runtime: Loads and computes\./);
  expect(text.stdout).toMatch(/error +.*nowhere(.|\n)*RSAD_FILE_MISSING/);
});
