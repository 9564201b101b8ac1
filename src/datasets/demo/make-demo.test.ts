import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Progress } from "../../progress.ts";
import { Random } from "../../random.ts";
import { DEFECT_TYPES } from "./defect.ts";
import { makeDemo } from "./make-demo.ts";
import { renderDemoPart } from "./render-demo-part.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-demo-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const TINY = { trainCount: 2, goodCount: 1, perDefect: 1 };

async function files(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

it("writes the MVTec layout and reports each photo", async () => {
  const reports: Progress[] = [];
  await makeDemo(folder, { seed: 3, ...TINY, onProgress: (progress) => reports.push(progress) });
  expect(await files(folder)).toEqual(
    [
      "train/good/000.png",
      "train/good/001.png",
      "test/good/000.png",
      ...DEFECT_TYPES.flatMap((type) => [`test/${type}/000.png`, `ground_truth/${type}/000_mask.png`]),
    ].sort(),
  );
  expect(reports.map(({ done }) => done)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(reports.every(({ total }) => total === 7)).toBe(true);
});

it("stores photo and mask without loss", async () => {
  await makeDemo(folder, { seed: 3, trainCount: 0, goodCount: 0, perDefect: 1 });
  const { image, mask } = renderDemoPart(new Random(3, "demo", "test", "dent", 0), "dent");
  const photo = sharp(join(folder, "test/dent/000.png"));
  expect((await photo.metadata()).channels).toBe(3);
  expect((await photo.raw().toBuffer()).equals(image.data)).toBe(true);
  const truth = sharp(join(folder, "ground_truth/dent/000_mask.png"));
  expect((await truth.metadata()).channels).toBe(1);
  const pixels = await truth.toColourspace("b-w").raw().toBuffer();
  expect(pixels.equals(mask.data.map((value) => value * 255))).toBe(true);
});

it("gives the same bytes for the same seed, and other bytes for another", async () => {
  const only = { trainCount: 1, goodCount: 0, perDefect: 0 };
  const bytes = async (name: string, seed: number) => {
    await makeDemo(join(folder, name), { seed, ...only });
    return readFile(join(folder, name, "train/good/000.png"));
  };
  const first = await bytes("a", 5);
  expect((await bytes("b", 5)).equals(first)).toBe(true);
  expect((await bytes("c", 6)).equals(first)).toBe(false);
});

it("goes on where it was interrupted, and never replaces somebody else's file unasked", async () => {
  await makeDemo(folder, { seed: 3, ...TINY });
  const mask = join(folder, "ground_truth/dent/000_mask.png");
  const whole = await readFile(mask);
  await rm(mask);
  await makeDemo(folder, { seed: 3, ...TINY });
  expect((await readFile(mask)).equals(whole)).toBe(true);

  const other = join(folder, "other");
  const photo = join(other, "train/good/001.png");
  await mkdir(join(other, "train/good"), { recursive: true });
  await writeFile(photo, "precious");
  await expect(makeDemo(other, { seed: 3, ...TINY })).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
    received: photo,
  });
  expect(await files(other)).toEqual(["train/good/001.png"]);
  expect(await readFile(photo, "utf8")).toBe("precious");
  await makeDemo(other, { seed: 3, ...TINY, replace: true });
  expect((await files(other)).length).toBe(11);
});

it("stops between two photos with the signal's reason", async () => {
  const abort = new AbortController();
  const onProgress = ({ done }: Progress) => done === 2 && abort.abort(new Error("enough"));
  const stopped = makeDemo(folder, { seed: 3, ...TINY, onProgress, signal: abort.signal });
  await expect(stopped).rejects.toThrow("enough");
  expect(await files(folder)).toEqual(["train/good/000.png", "train/good/001.png"]);
});

it("refuses a count that is not a whole number", async () => {
  await expect(makeDemo(folder, { seed: 0, trainCount: -1 })).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
    subject: "trainCount",
  });
});
