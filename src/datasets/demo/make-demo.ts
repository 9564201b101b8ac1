import { checkFields, type Fields } from "../../fields.ts";
import type { OnProgress } from "../../progress.ts";
import { Random } from "../../random.ts";
import { renderDemoPart } from "./render-demo-part.ts";
import { type PhotoCounts, planPhotos, writePhotos } from "./write-photos.ts";

/** Counts are by default 80 good images to train on, 24 to test with, and 12 of each defect. */
export interface DemoOptions extends Partial<PhotoCounts> {
  readonly seed: number;
  readonly onProgress?: OnProgress | undefined;
  /** Replace files of the same names that have other contents. */
  readonly replace?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export const DEMO_OPTIONS: Fields<DemoOptions> = {
  seed: "number",
  trainCount: "number?",
  goodCount: "number?",
  perDefect: "number?",
  onProgress: "function?",
  replace: "flag?",
  signal: "signal?",
};

/**
 * Writes the demo data set in the MVTec layout: `train/good`, `test/good`, `test/<defect>` and
 * `ground_truth/<defect>/<stem>_mask.png` (255 = defect), photos of 256 x 256 pixels. Each photo has a random stream of
 * its own, so that one photo does not depend on the number of others. Files of other names stay.
 *
 * Throws RSAD_ARGUMENT_INVALID for a count that is not a whole number >= 0 and, without `replace`, before anything is
 * written, where a file of the same name has other contents; RSAD_DISK_FULL, RSAD_PERMISSION_DENIED; the signal's reason, between two
 * photos.
 */
export async function makeDemo(folder: string, options: DemoOptions): Promise<void> {
  checkFields("makeDemo", { folder }, { folder: "path" });
  checkFields("makeDemo", options, DEMO_OPTIONS);
  const {
    seed,
    onProgress,
    signal,
    trainCount = 80,
    goodCount = 24,
    perDefect = 12,
    replace = false,
  } = options;
  const photos = planPhotos({ trainCount, goodCount, perDefect }).map((key) => ({
    ...key,
    folder,
    render: () => {
      const { split, defect, index } = key;
      return renderDemoPart(new Random(seed, "demo", split, defect ?? "good", index), defect);
    },
  }));
  await writePhotos(photos, {
    replace,
    subject: "the demo's images",
    phase: "demo images",
    onProgress,
    signal,
  });
}
