import { basename } from "node:path";
import type { Finding } from "../check/finding.ts";
import { groupBy } from "../check/group-by.ts";
import { someNames } from "../check/list-names.ts";
import { GOOD } from "../dataset.ts";
import type { ClassFiles } from "./class-files.ts";
import type { ReadRows } from "./read-rows.ts";

const ANEW = "Get the data set's folder anew, complete; figures from other images cannot be compared.";
const AS_PUBLISHED = "Take the file as the data set's authors publish it.";

/** What is wrong between the rows and the files of the class in `root`, which is the subject where no one file is. */
export function rowFindings(root: string, splitFile: string, read: ReadRows, files: ClassFiles): Finding[] {
  const file = basename(splitFile);
  const { absentImages, absentMasks, unmasked, refused, used, test } = read;
  const unlisted = files.images.filter(({ path }) => !used.has(path)).map(({ name }) => name);
  const strays = files.masks.filter((mask) => !used.has(mask.path) && !files.hasImageOf(mask));
  const defects = test.filter(({ type }) => type !== GOOD).length;
  const about = (names: readonly string[], finding: Omit<Finding, "subject">): Finding[] =>
    names.length === 0 ? [] : [{ ...finding, subject: root }];
  const absent = (kind: string, names: readonly string[]) =>
    about(names, {
      severity: "warning",
      code: "SPLIT_FILE_ABSENT",
      message: `${file} names ${kind} that are not there (${names.length}): ${someNames(names)}.`,
      hint: ANEW,
    });
  return [
    ...[...groupBy(refused, ({ reason }) => reason)].flatMap(([reason, rows]) => {
      const numbers = rows.map(({ row }) => String(row.number));
      return about(numbers, {
        severity: "error",
        code: "SPLIT_ROW_INVALID",
        message: `${file} has ${reason}; passed over: row ${someNames(numbers)}.`,
        hint: AS_PUBLISHED,
      });
    }),
    ...absent("images", absentImages),
    ...absent("masks", absentMasks),
    ...about(unmasked, {
      severity: "warning",
      code: "MASK_MISSING",
      message: `${file} names no mask for ${unmasked.length} of ${defects} defective images: ${someNames(unmasked)}.`,
      hint: "Pixel measures leave them out.",
    }),
    ...strays.map(
      ({ name }): Finding => ({
        severity: "warning",
        code: "MASK_WITHOUT_IMAGE",
        subject: name,
        message: "There is no image to this mask.",
        hint: ANEW,
      }),
    ),
    ...about(unlisted, {
      severity: "info",
      code: "IMAGE_UNLISTED",
      message: `Images that ${file} does not name are left out (${unlisted.length}): ${someNames(unlisted)}.`,
      hint: "Nothing needs doing if the file is the published one.",
    }),
  ];
}
