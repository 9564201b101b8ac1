import { copyFile, cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { decodeMetadata, withMetadata } from "../model/index.ts";
import { capture } from "./testing/capture.ts";
import { TINY, tinyData } from "./testing/tiny.ts";

const at = tinyData();
const model = () => at("run", "model.onnx");

beforeAll(async () => {
  const { code, stderr } = await capture(["train", at("data"), "--out", at("run"), ...TINY]);
  expect(stderr).not.toContain("Expected");
  expect(code).toBe(0);
});

async function calibrated(...args: string[]) {
  const { code, stdout, stderr } = await capture([
    "calibrate",
    model(),
    ...args,
    "--threads",
    "1",
    "--json",
    "--quiet",
  ]);
  return { code, stderr, document: JSON.parse(stdout) };
}

test("of the training's folder the held-out images give the same thresholds again, and no drift is looked for", async () => {
  const { code, document, stderr } = await calibrated(at("data"), "--out", at("again.onnx"));
  expect([code, stderr]).toEqual([0, ""]);
  expect(document.threshold).toEqual(document.before);
  expect(document.threshold).toMatchObject({ count: 2, falseReject: { asked: 0.01, promised: 1 / 3 } });
  expect(document.drift).toBeUndefined();
  const [again, first] = [await readFile(at("again.onnx")), await readFile(model())];
  expect(again.length).toBe(first.length);
  expect(decodeMetadata(again, "again")).toEqual(decodeMetadata(first, "first"));
});

test("other good images give thresholds of their own, and are held against those of the training", async () => {
  const { document } = await calibrated(
    at("data", "test", "good"),
    "--false-reject",
    "40%",
    "--out",
    at("b.onnx"),
  );
  const { threshold, before, drift } = document;
  expect(threshold.falseReject).toMatchObject({ asked: 0.4, promised: 1 / 3 });
  expect(threshold.rule).toContain("of good");
  expect(threshold.firstScores).toEqual(before.scores);
  expect(drift).toMatchObject({
    hasDrifted: false,
    canTell: false,
    first: { counts: { earlier: 2, today: 2 } },
  });
  // Two and two images: the distance is 0, a half or 1.
  expect([1, 1 / 3].some((p) => Math.abs(drift.first.pValue - p) < 1e-9)).toBe(true);
  // A second time it is still held against the first calibration.
  const again = await capture([
    "calibrate",
    at("b.onnx"),
    at("data", "test", "good"),
    "--out",
    at("c.onnx"),
    "--json",
  ]);
  expect(JSON.parse(again.stdout).threshold.firstScores).toEqual(before.scores);
});

test("thresholds that move from one device to another are told of", async () => {
  const bytes = await readFile(model());
  const metadata = decodeMetadata(bytes, "the model");
  const threshold = { ...metadata.threshold!, device: "cuda" as const };
  await writeFile(at("cuda.onnx"), withMetadata(bytes, { ...metadata, threshold }));
  const calibrate = (from: string) =>
    capture(["calibrate", from, at("data"), "--out", at("cpu.onnx"), "--force"]);
  expect((await calibrate(at("cuda.onnx"))).stderr).toMatch(/found on cuda, these on cpu.*--device cuda/s);
  expect((await calibrate(model())).stderr).not.toContain("--device");
});

test("it is told where there are too few images to tell, and what an earlier calibration with more images says", async () => {
  const good = at("data", "test", "good");
  const calibrate = (from: string, images: string, out: string) =>
    capture(["calibrate", from, images, "--out", at(out)]);
  const few = (await calibrate(model(), good, "few.onnx")).stdout;
  expect(few).toMatch(
    /^Scores {6}median \S+ of 2 images\n {12}at the first calibration \S+ of 2; Kolmogorov-Smirnov [01]\.\d\d, p = [01]\.\d{4}\n {12}too few images to tell whether they have changed\nNext/m,
  );
  await mkdir(at("more"));
  for (const type of await readdir(at("data", "test"))) {
    await copyFile(at("data", "test", type, "000.png"), at("more", `${type}.png`));
  }
  await calibrate(model(), at("more"), "more.onnx");
  const { stdout } = await calibrate(at("more.onnx"), good, "after-more.onnx");
  expect(stdout).toMatch(
    /^ {12}at the first calibration \S+ of 2; .*\n {12}at the latest calibration \S+ of 5; /m,
  );
});

test("heatmaps that an inspection put beside the images take no part", async () => {
  const beside = at("beside");
  await cp(at("data", "test", "good"), beside, { recursive: true });
  await capture(["inspect", model(), beside, "--out", beside]);
  expect((await readdir(beside)).filter((name) => name.endsWith(".heatmap.png"))).toHaveLength(2);
  const { document } = await calibrated(beside, "--out", at("beside.onnx"));
  expect(document.threshold.count).toBe(2);
});

test("images that were trained on are known by their contents, whatever they are called, and take no part", async () => {
  await mkdir(at("mixed"));
  const good = (await readdir(at("data", "train", "good"))).sort();
  for (const [i, name] of good.entries()) {
    await copyFile(at("data", "train", "good", name), at("mixed", `renamed-${i}.png`));
  }
  await copyFile(at("data", "test", "good", "000.png"), at("mixed", "new.png"));
  const { document } = await calibrated(at("mixed"), "--out", at("mixed.onnx"));
  // Of six images two were held out of training.
  expect([document.leftOut, document.threshold.count]).toEqual([4, 3]);
});

test("a list to leave out takes its images' part away; of one that names none, or others, it is told", async () => {
  const good = at("data", "test", "good");
  await writeFile(at("drop.txt"), "001.png\n");
  const without = (out: string) => calibrated(good, "--without", at("drop.txt"), "--out", at(out));
  expect((await without("one.onnx")).document.threshold.count).toBe(1);
  await writeFile(at("drop.txt"), "# nothing\n");
  const none = await without("both.onnx");
  expect(none.stderr).toBe(`${at("drop.txt")} names no image: nothing is left out.\n`);
  expect(none.document.threshold.count).toBe(2);
  await writeFile(at("drop.txt"), "train/good/001.png\n");
  const wrong = await without("no.onnx");
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/^RSAD_DATASET_INVALID/)]);
});

test("labelled defects are counted, and can decide", async () => {
  const defects = ["--defects", at("data")];
  const { document } = await calibrated(
    at("data"),
    ...defects,
    "--decide",
    "best-f1",
    "--out",
    at("f1.onnx"),
  );
  expect(document.threshold.rule).toContain("best F1");
  expect(document.threshold.falseReject).toBeUndefined();
  expect(document.falseRejectSeen).toMatchObject({ total: 2 });
  const { stdout } = await capture([
    ...["calibrate", model(), at("data"), ...defects, "--decide", "best-f1", "--out", at("f1-text.onnx")],
  ]);
  expect(stdout).toMatch(
    /^Promise {5}none: .*\n {12}\d of 2 of the good ones reach it; of others like these at most \d+ %, with 95 % confidence$/m,
  );
  const inspected = await capture(["inspect", at("f1.onnx"), at("data", "test"), "--no-heatmaps", "--json"]);
  const images: { path: string; verdict: string; falseReject?: object }[] = JSON.parse(
    inspected.stdout,
  ).images;
  const defective = images.filter(({ path }) => !path.includes("good"));
  const found = defective.filter(({ verdict }) => verdict === "defect").length;
  expect(document.defects).toEqual({ total: defective.length, found, review: 0 });
  expect(images.every(({ falseReject }) => falseReject === undefined)).toBe(true);
  expect(inspected.stderr).toMatch(/^Nothing is promised of good images: .* best F1/m);
});

test("with a review threshold an image between the two is for review, and the exit code says so", async () => {
  await mkdir(at("defects"));
  // Good images as "defects": their scores lie about where the good ones' do, so the two thresholds cross.
  for (const name of ["000.png", "001.png"])
    await copyFile(at("data", "test", "good", name), at("defects", name));
  const out = at("review.onnx");
  const args = ["--defects", at("defects"), "--decide", "review", "--miss", "40%", "--out", out];
  const { document } = await calibrated(at("data"), ...args);
  expect(document.threshold.review).toBeLessThan(document.threshold.image);
  const inspected = await capture(["inspect", out, at("defects"), "--no-heatmaps", "--json"]);
  const { counts, images } = JSON.parse(inspected.stdout);
  expect(counts.review).toBeGreaterThan(0);
  expect(inspected.code).toBe(1);
  const seen = images.find((image: { verdict: string }) => image.verdict === "review");
  expect(seen).toMatchObject({
    reviewThreshold: document.threshold.review,
    falseReject: { promised: 1 / 3, images: 2 },
  });
  expect(seen.pValue).toBeGreaterThan(0);
  const { stdout } = await capture(["inspect", out, at("defects"), "--no-heatmaps"]);
  expect(stdout).toMatch(/^review .*\(review from \S+, threshold \S+, p \S+\)/m);
  expect(stdout).toMatch(/^ {8}.*( at |highest at) ?\(\d+, \d+\)/m);
});

test("where the image threshold itself misses few enough defects, it says that nothing is left to review", async () => {
  const defects = ["--defects", at("data"), "--decide", "review", "--miss", "90%"];
  const args = ["calibrate", model(), at("data"), ...defects, "--out", at("no-review.onnx")];
  const { stdout } = await capture(args);
  expect(stdout).toMatch(/^Thresholds {2}image \S+, pixel/m);
  expect(stdout).toMatch(/^Review {6}nothing is left to: /m);
});

test("an image that is given as good and as defective is refused before anything is scored", async () => {
  const good = at("data", "test", "good");
  const { code, stderr } = await capture([
    ...["calibrate", model(), good, "--defects", good, "--decide", "best-f1", "--out", at("no.onnx")],
  ]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/no image in both/);
});

test.each([
  [["--decide", "review"], /--defects beside it/],
  [["--miss", "2%"], /--decide review beside it/],
  [
    ["--decide", "best-f1", "--defects", "x", "--false-reject", "5%"],
    /--decide false-reject or review beside it for --false-reject but received --decide best-f1/,
  ],
  [["--false-reject", "120%"], /a share above 0 and below 1/],
  [["--decide", "perhaps", "--defects", "x"], /--decide/],
])("refuses %j", async (args, told) => {
  const { code, stderr } = await capture(["calibrate", model(), at("data"), "--out", at("no.onnx"), ...args]);
  expect(code).toBe(2);
  expect(stderr).toMatch(told);
});

test("changes no model without being told to", async () => {
  const before = await readFile(model());
  const { code, stderr } = await capture(["calibrate", model(), at("data")]);
  expect([code, await readFile(model())]).toEqual([2, before]);
  expect(stderr).toMatch(/--force to change the model itself/);
});

test("inspect says once what the threshold promises, and on stderr why nothing is where another one decides", async () => {
  const args = ["inspect", model(), at("data", "test", "good"), "--no-heatmaps"];
  const { stdout, stderr } = await capture(args);
  expect(stdout.match(/promise|on average/g)).toHaveLength(1);
  expect(stdout).toMatch(
    /^Threshold \S+: on average at most 34 % of good images are called defective \(from 2 good images; .* 1\.3 % to 84 %, with 95 % confidence\)$/m,
  );
  expect(stderr).not.toContain("promised");
  const other = await capture([...args, "--threshold", "1000"]);
  expect(other.stdout).not.toContain("on average");
  expect(other.stderr).toMatch(/^Nothing is promised of good images: the threshold 1000 takes the place/m);
  expect((await capture([...args, "--threshold", "1000", "--quiet"])).stderr).toBe("");
  const { threshold } = decodeMetadata(await readFile(model()), "model");
  expect((await capture([...args, "--threshold", `${threshold!.image}`])).stdout).toContain("on average");
});

test("inspect --tile warns, --quiet or not, that thresholds of whole images do not hold, and how to find others", async () => {
  const args = ["inspect", model(), at("data", "test", "good"), "--no-heatmaps", "--tile", "128"];
  for (const quiet of [[], ["--quiet"]]) {
    const { stdout, stderr } = await capture([...args, ...quiet]);
    expect(stdout).not.toContain("on average");
    expect(stderr).toMatch(/^The model's thresholds .* do not hold in tiles/m);
    expect(stderr).toContain(`rsad calibrate ${model()} GOOD_IMAGES --tile 128`);
  }
  const given = await capture([...args, "--threshold", "1000"]);
  expect(given.stderr).not.toContain("do not hold");
  expect(given.stderr).toMatch(/^Nothing is promised/m);
  const json = JSON.parse((await capture([...args, "--json"])).stdout);
  expect(json.images[0]).not.toHaveProperty("pValue");
});
