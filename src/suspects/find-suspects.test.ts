import { access, copyFile, cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tinyDefault, tinyImage } from "../../test/tiny.ts";
import { type TinyTraining, tinyTraining } from "../../test/tiny-training.ts";
import { encodePng } from "../images/index.ts";
import { type FindSuspectsRequest, findSuspects, type ShownSuspect } from "./find-suspects.ts";

const DEFECTIVE = ["003.png", "008.png"];
let folder: TinyTraining;
let runs = 0;

beforeAll(async () => {
  folder = await tinyTraining(12);
  for (const name of DEFECTIVE) {
    await writeFile(
      join(folder.data, name),
      await encodePng(tinyImage(Number.parseInt(name, 10), { defect: true })),
    );
  }
});
afterAll(() => folder.remove());

const stateDir = () => join(folder.path, `suspects-${runs++}`);

const request = (change: Partial<FindSuspectsRequest> = {}): FindSuspectsRequest => ({
  data: folder.data,
  backbone: folder.backbone,
  recipe: tinyDefault(),
  threads: 1,
  ...change,
});

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

test("two images with the same defect come first, and nothing is left but the ranking", async () => {
  const state = stateDir();
  const { ranking, data, folds, outlying, median, deviation } = await findSuspects(
    request({ stateDir: state }),
  );
  expect(ranking.map(({ rank }) => rank)).toEqual(ranking.map((_, i) => i + 1));
  expect(ranking.map(({ name }) => name).sort()).toEqual(folder.samples.map(({ name }) => name));
  expect(
    ranking
      .slice(0, 2)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(DEFECTIVE);
  for (const { outlyingness, score } of ranking)
    expect(outlyingness).toBeCloseTo((score - median) / deviation, 6);
  expect(ranking.filter(({ outlyingness }) => outlyingness >= 3.5)).toHaveLength(outlying);
  expect(outlying).toBe(2);
  expect([data.name, data.count, folds]).toEqual(["data", 12, 5]);
  expect(await isThere(state)).toBe(false);
});

test("the strangest are shown with a map of their own size, which tells where", async () => {
  const shown: ShownSuspect[] = [];
  const { ranking } = await findSuspects(request({ shown: () => 3, onShown: (one) => void shown.push(one) }));
  expect(shown.map(({ suspect }) => suspect.rank).sort()).toEqual([1, 2, 3]);
  for (const { suspect, image, map } of shown) {
    expect(ranking[suspect.rank - 1]).toEqual(suspect);
    expect([map.width, map.height]).toEqual([image.width, image.height]);
    if (!DEFECTIVE.includes(suspect.name)) continue;
    const at = map.data.indexOf(map.data.reduce((a, b) => Math.max(a, b)));
    expect(Math.hypot((at % map.width) - 20, Math.floor(at / map.width) - 20)).toBeLessThan(10);
  }
});

test("an interrupted run leaves its features, and the next one ends the same", async () => {
  const whole = await findSuspects(request());
  const abort = new AbortController();
  const state = stateDir();
  const asked = request({ stateDir: state });
  const onProgress = ({ phase }: { phase: string }) => phase === "scoring" && abort.abort();
  await expect(findSuspects({ ...asked, onProgress, signal: abort.signal })).rejects.toThrow();
  expect((await readdir(state)).sort()).toEqual(["features.bin", "features.key"]);
  const phases: string[] = [];
  expect(await findSuspects({ ...asked, onProgress: ({ phase }) => phases.push(phase) })).toEqual(whole);
  expect(phases).not.toContain("features");
});

test("an abort while the strangest are shown ends it before the next one", async () => {
  const abort = new AbortController();
  const reason = new Error("enough");
  const shown: ShownSuspect[] = [];
  const onShown = (one: ShownSuspect) => {
    shown.push(one);
    abort.abort(reason);
  };
  await expect(findSuspects(request({ shown: () => 3, onShown, signal: abort.signal }))).rejects.toBe(reason);
  expect(shown).toHaveLength(1);
});

test("a copy excuses nothing: a defect that is there twice is as strange as once", async () => {
  const { ranking: alone } = await findSuspects(request());
  const copied = join(folder.path, "copied");
  await cp(folder.data, copied, { recursive: true });
  const copies = ["copy-1.png", "copy-2.png", "copy-3.png"];
  for (const copy of copies) await copyFile(join(copied, "003.png"), join(copied, copy));
  const { ranking } = await findSuspects(request({ data: copied }));
  const scores = new Map(ranking.map(({ name, score }) => [name, score]));
  for (const { name, score } of alone) expect(scores.get(name)).toBe(score);
  for (const copy of copies) expect(scores.get(copy)).toBe(scores.get("003.png"));
});

test("fewer than three images are an error", async () => {
  const few = join(folder.path, "few");
  await mkdir(few);
  for (const i of [0, 1]) await writeFile(join(few, `${i}.png`), await encodePng(tinyImage(i)));
  await expect(findSuspects(request({ data: few }))).rejects.toMatchObject({ code: "RSAD_DATASET_INVALID" });
  await copyFile(join(few, "1.png"), join(few, "2.png"));
  await expect(findSuspects(request({ data: few }))).rejects.toMatchObject({ received: 2 });
  await writeFile(join(few, "2.png"), await encodePng(tinyImage(2)));
  expect((await findSuspects(request({ data: few }))).ranking).toHaveLength(3);
});
