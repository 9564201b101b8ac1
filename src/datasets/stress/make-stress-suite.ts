import { join } from "node:path";
import { RsadError } from "../../errors.ts";
import { checkFields, type Fields } from "../../fields.ts";
import { DEMO_OPTIONS, type DemoOptions } from "../demo/make-demo.ts";
import { planPhotos, writePhotos } from "../demo/write-photos.ts";
import { renderStressPart } from "./render-stress-part.ts";
import { DEFAULT_STRESS_CLASSES, STRESS_CLASSES } from "./stress-class.ts";

/** Counts, of each class, are by default 60 good images to train on, 20 to test with, and 8 of each defect. */
export interface StressOptions extends DemoOptions {
  /** Names of classes, such as `rotation` or `light_shift`; by default all but the shifts of other factors than light. */
  readonly classes?: readonly string[] | undefined;
}

const OPTIONS: Fields<StressOptions> = {
  ...DEMO_OPTIONS,
  classes: "list?",
};

/**
 * Writes the stress suite: a folder for each class, in the MVTec layout (see `makeDemo`), and returns the classes' names. A photo
 * depends on the seed, its class and its number alone. Files of other names stay.
 *
 * Throws RSAD_ARGUMENT_INVALID for an unknown class, a count that is not a whole number >= 0 and, without `replace`, before
 * anything is written, where a file of the same name has other contents; RSAD_DISK_FULL, RSAD_PERMISSION_DENIED.
 */
export async function makeStressSuite(folder: string, options: StressOptions): Promise<readonly string[]> {
  checkFields("makeStressSuite", { folder }, { folder: "path" });
  checkFields("makeStressSuite", options, OPTIONS);
  const {
    seed,
    onProgress,
    signal,
    trainCount = 60,
    goodCount = 20,
    perDefect = 8,
    replace = false,
  } = options;
  const classes = [...new Set(options.classes ?? DEFAULT_STRESS_CLASSES)];
  for (const name of classes) checkClass(name);
  const keys = planPhotos({ trainCount, goodCount, perDefect });
  const photos = classes.flatMap((name) =>
    keys.map((key) => ({
      ...key,
      folder: join(folder, name),
      render: () => renderStressPart(seed, name, key),
    })),
  );
  await writePhotos(photos, {
    replace,
    subject: "the stress suite's images",
    phase: "stress images",
    onProgress,
    signal,
  });
  return classes;
}

function checkClass(name: string): void {
  if (STRESS_CLASSES.has(name)) return;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "a class of the stress suite",
    expected: [...STRESS_CLASSES.keys()].join(", "),
    received: name,
    hint: "A class named after a factor varies it; <factor>_shift varies it in the test images alone.",
  });
}
