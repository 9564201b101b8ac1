import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { RsadError } from "../../errors.ts";
import { fileError, writeFileAtomic } from "../../files.ts";
import { encodeMaskPng, encodePng } from "../../images/index.ts";
import type { OnProgress } from "../../progress.ts";
import { Random } from "../../random.ts";
import { DEFECT_TYPES, type DefectType } from "./defect.ts";
import { renderDemoPart } from "./render-demo-part.ts";

export interface DemoOptions {
  readonly seed: number;
  readonly onProgress?: OnProgress;
  /** Good images to train on; 80 by default. */
  readonly trainCount?: number;
  /** Good test images; 24 by default. */
  readonly goodCount?: number;
  /** Defective test images of each type; 12 by default. */
  readonly perDefect?: number;
  /** Replace files of the same names that have other contents. */
  readonly replace?: boolean;
}

interface Photo {
  readonly split: "train" | "test";
  readonly defect?: DefectType;
  readonly index: number;
}

/**
 * Writes the demo data set in the MVTec layout: `train/good`, `test/good`, `test/<defect>` and
 * `ground_truth/<defect>/<stem>_mask.png` (255 = defect), photos of 256 x 256 pixels. Each photo has a random stream of
 * its own, so that one photo does not depend on the number of others. Files of other names stay.
 *
 * Throws RSAD_ARGUMENT_INVALID for a count that is not a whole number >= 0 and, without `replace`, before anything is
 * written, where a file of the same name has other contents; RSAD_DISK_FULL, RSAD_PERMISSION_DENIED.
 */
export async function makeDemo(folder: string, options: DemoOptions): Promise<void> {
  const { seed, onProgress, trainCount = 80, goodCount = 24, perDefect = 12, replace = false } = options;
  for (const [name, count] of Object.entries({ trainCount, goodCount, perDefect })) checkCount(name, count);
  const photos: Photo[] = [
    ...numbered(trainCount, { split: "train" }),
    ...numbered(goodCount, { split: "test" }),
    ...DEFECT_TYPES.flatMap((defect) => numbered(perDefect, { split: "test", defect })),
  ];
  const report = (done: number) => onProgress?.({ phase: "demo images", done, total: photos.length });
  let done = 0;
  report(done);
  const missing: Photo[] = [];
  for (const photo of photos) {
    if (!replace && (await isThere(folder, seed, photo))) report(++done);
    else missing.push(photo);
  }
  for (const photo of missing) {
    for (const [path, content] of await filesOf(folder, seed, photo)) await writeFileAtomic(path, content);
    report(++done);
  }
}

function checkCount(name: string, count: number): void {
  if (Number.isInteger(count) && count >= 0) return;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: name,
    expected: "a whole number of images, 0 or more",
    received: count,
    hint: "Leave it out for the demo's usual size.",
  });
}

function numbered(count: number, photo: Omit<Photo, "index">): Photo[] {
  return Array.from({ length: count }, (_, index) => ({ ...photo, index }));
}

/** Where a photo and its mask lie. */
function pathsOf(folder: string, { split, defect, index }: Photo): { photo: string; mask: string } {
  const type = defect ?? "good";
  const stem = String(index).padStart(3, "0");
  return {
    photo: join(folder, split, type, `${stem}.png`),
    mask: join(folder, "ground_truth", type, `${stem}_mask.png`),
  };
}

/** The files that a photo consists of: itself and, if it shows a defect, the mask. */
async function filesOf(folder: string, seed: number, photo: Photo): Promise<[path: string, Uint8Array][]> {
  const { split, defect, index } = photo;
  const paths = pathsOf(folder, photo);
  const { image, mask } = renderDemoPart(new Random(seed, "demo", split, defect ?? "good", index), defect);
  const files: [string, Uint8Array][] = [[paths.photo, await encodePng(image)]];
  if (defect !== undefined) files.push([paths.mask, await encodeMaskPng(mask)]);
  return files;
}

/** Whether all of a photo's files are there already. Throws where one of them is somebody else's. */
async function isThere(folder: string, seed: number, photo: Photo): Promise<boolean> {
  const present = await Promise.all(Object.values(pathsOf(folder, photo)).map(contents));
  if (present.every((file) => file === undefined)) return false;
  let complete = true;
  for (const [path, content] of await filesOf(folder, seed, photo)) {
    const there = await contents(path);
    if (there === undefined) complete = false;
    if (there === undefined || there.equals(content)) continue;
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject: "the demo's images",
      expected: "a folder without other files of the same names",
      received: path,
      hint: "Choose another folder, the seed that the images there were made with, or replace them: --force.",
    });
  }
  return complete;
}

async function contents(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw fileError(cause, path);
  });
}
