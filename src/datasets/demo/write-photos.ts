import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { RsadError } from "../../errors.ts";
import { fileError, writeFileAtomic } from "../../files.ts";
import { encodeMaskPng, encodePng, type Image, type Mask } from "../../images/index.ts";
import type { OnProgress } from "../../progress.ts";
import { DEFECT_TYPES, type DefectType } from "./defect.ts";

/** How many photos of each sort there are. */
export interface PhotoCounts {
  readonly trainCount: number;
  readonly goodCount: number;
  /** Defective test images of each type. */
  readonly perDefect: number;
}

export interface PhotoKey {
  readonly split: "train" | "test";
  readonly defect?: DefectType;
  readonly index: number;
}

/** A photo of a data set in the MVTec layout that is to be drawn. */
export interface Photo extends PhotoKey {
  /** The data set's folder. */
  readonly folder: string;
  render(): { image: Image; mask: Mask };
}

export interface WriteOptions {
  /** Replace files of the same names that have other contents. */
  readonly replace: boolean;
  /** What the images are called in an error and in progress. */
  readonly subject: string;
  readonly phase: string;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Training photos, good test photos, then the defective ones. Throws RSAD_ARGUMENT_INVALID for a count that is none. */
export function planPhotos(counts: PhotoCounts): PhotoKey[] {
  const { trainCount, goodCount, perDefect } = counts;
  for (const [name, count] of Object.entries({ trainCount, goodCount, perDefect })) checkCount(name, count);
  return [
    ...numbered(trainCount, { split: "train" }),
    ...numbered(goodCount, { split: "test" }),
    ...DEFECT_TYPES.flatMap((defect) => numbered(perDefect, { split: "test", defect })),
  ];
}

/**
 * Writes photos and masks as PNG files, each of them whole or not at all. What is there already and the same is left alone, so
 * that an interrupted run goes on. Throws RSAD_ARGUMENT_INVALID, without `replace` and before anything is written, where a file
 * of the same name has other contents; RSAD_DISK_FULL, RSAD_PERMISSION_DENIED; the signal's
 * reason, between two photos.
 */
export async function writePhotos(photos: readonly Photo[], options: WriteOptions): Promise<void> {
  const { replace, subject, phase, onProgress, signal } = options;
  const report = (done: number) => onProgress?.({ phase, done, total: photos.length });
  let done = 0;
  report(done);
  const missing: Photo[] = [];
  for (const photo of photos) {
    signal?.throwIfAborted();
    if (!replace && (await isThere(photo, subject))) report(++done);
    else missing.push(photo);
  }
  for (const photo of missing) {
    signal?.throwIfAborted();
    for (const [path, content] of await filesOf(photo)) await writeFileAtomic(path, content);
    report(++done);
  }
}

function checkCount(name: string, count: number): void {
  if (Number.isInteger(count) && count >= 0) return;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: name,
    expected: "a whole number of images, 0 or more",
    received: count,
    hint: "Leave it out for the usual size.",
  });
}

function numbered(count: number, photo: Omit<PhotoKey, "index">): PhotoKey[] {
  return Array.from({ length: count }, (_, index) => ({ ...photo, index }));
}

/** Where a photo and its mask lie. */
function pathsOf({ folder, split, defect, index }: Photo): { photo: string; mask: string } {
  const type = defect ?? "good";
  const stem = String(index).padStart(3, "0");
  return {
    photo: join(folder, split, type, `${stem}.png`),
    mask: join(folder, "ground_truth", type, `${stem}_mask.png`),
  };
}

/** The files that a photo consists of: itself and, if it shows a defect, the mask. */
async function filesOf(photo: Photo): Promise<[path: string, Uint8Array][]> {
  const paths = pathsOf(photo);
  const { image, mask } = photo.render();
  const files: [string, Uint8Array][] = [[paths.photo, await encodePng(image)]];
  if (photo.defect !== undefined) files.push([paths.mask, await encodeMaskPng(mask)]);
  return files;
}

/** Whether all of a photo's files are there already. Throws where one of them is somebody else's. */
async function isThere(photo: Photo, subject: string): Promise<boolean> {
  const present = await Promise.all(Object.values(pathsOf(photo)).map(contents));
  if (present.every((file) => file === undefined)) return false;
  let complete = true;
  for (const [path, content] of await filesOf(photo)) {
    const there = await contents(path);
    if (there === undefined) complete = false;
    if (there === undefined || there.equals(content)) continue;
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject,
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
