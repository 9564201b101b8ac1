import { join } from "node:path";
import { RsadError } from "../../errors.ts";
import { writeFileAtomic } from "../../files.ts";
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
}

interface Photo {
  readonly split: "train" | "test";
  readonly defect?: DefectType;
  readonly index: number;
}

/**
 * Writes the demo data set in the MVTec layout: `train/good`, `test/good`, `test/<defect>` and
 * `ground_truth/<defect>/<stem>_mask.png` (255 = defect), photos of 256 x 256 pixels. Each photo has a random stream of
 * its own, so that one photo does not depend on the number of others. Files of the same
 * names are replaced; others stay.
 *
 * Throws RSAD_ARGUMENT_INVALID for a count that is not a whole number >= 0; RSAD_DISK_FULL, RSAD_PERMISSION_DENIED.
 */
export async function makeDemo(folder: string, options: DemoOptions): Promise<void> {
  const { seed, onProgress, trainCount = 80, goodCount = 24, perDefect = 12 } = options;
  for (const [name, count] of Object.entries({ trainCount, goodCount, perDefect })) checkCount(name, count);
  const photos: Photo[] = [
    ...numbered(trainCount, { split: "train" }),
    ...numbered(goodCount, { split: "test" }),
    ...DEFECT_TYPES.flatMap((defect) => numbered(perDefect, { split: "test", defect })),
  ];
  const report = (done: number) => onProgress?.({ phase: "demo images", done, total: photos.length });
  report(0);
  for (const [done, photo] of photos.entries()) {
    await writePhoto(folder, seed, photo);
    report(done + 1);
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

async function writePhoto(folder: string, seed: number, { split, defect, index }: Photo): Promise<void> {
  const type = defect ?? "good";
  const stem = String(index).padStart(3, "0");
  const { image, mask } = renderDemoPart(new Random(seed, "demo", split, type, index), defect);
  await writeFileAtomic(join(folder, split, type, `${stem}.png`), await encodePng(image));
  if (defect !== undefined) {
    await writeFileAtomic(join(folder, "ground_truth", type, `${stem}_mask.png`), await encodeMaskPng(mask));
  }
}
