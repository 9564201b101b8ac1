import { join } from "node:path";
import { didYouMean } from "../../did-you-mean.ts";
import type { Finding } from "../check/finding.ts";
import { someNames } from "../check/list-names.ts";
import { layoutOf } from "./layout.ts";
import type { Split } from "./open-split-class.ts";
import type { Publication } from "./publication.ts";
import type { PublishedSuiteId } from "./publications.ts";
import { recognise } from "./recognise.ts";

export function missingClass(name: string, { title, page, licence }: Publication): Finding {
  return {
    severity: "warning",
    code: "CLASS_MISSING",
    subject: name,
    message: `${title}'s class ${name} is missing.`,
    hint: `Get it from ${page} (licence: ${licence}).`,
  };
}

/** Says where the folders fit another suite better, as VisA's do that are opened as PCB-Bank. */
export function otherSuite(id: PublishedSuiteId, root: string, folders: readonly string[]): Finding[] {
  const candidates = recognise(folders);
  const own = candidates.find((candidate) => candidate.id === id)?.matches ?? 0;
  const [best] = candidates;
  if (best === undefined || best.matches <= own) return [];
  return [
    {
      severity: "warning",
      code: "SUITE_OTHER",
      subject: root,
      message: `The folder holds ${best.matches} classes of ${best.title} and ${own} of the suite ${id}.`,
      hint: `Name the suite ${best.id} if that is meant.`,
    },
  ];
}

/** Folders that look like a class and have no class's name. */
export async function unknownClasses(
  root: string,
  folders: readonly string[],
  { title, classes }: Publication,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const missing = Object.keys(classes).filter((name) => !folders.includes(name));
  for (const name of folders) {
    if (Object.hasOwn(classes, name) || (await layoutOf(join(root, name))) === undefined) continue;
    findings.push({
      severity: "info",
      code: "CLASS_UNKNOWN",
      subject: name,
      message: `${title} has no class of this name; the folder is passed over.`,
      hint: `${didYouMean(name, missing)}Classes are found by the names of their folders.`,
    });
  }
  return findings;
}

/** Rows of the split file about classes that the suite does not have. */
export function unknownRows({ path, rows }: Split, { title, classes }: Publication): Finding[] {
  const names = [...new Set(rows.map(({ object }) => object))].filter(
    (name) => !Object.hasOwn(classes, name),
  );
  if (names.length === 0) return [];
  return [
    {
      severity: "warning",
      code: "SPLIT_ROW_INVALID",
      subject: path,
      message: `Rows about classes that ${title} does not have are passed over: ${someNames(names)}.`,
      hint: "Take the file as the data set's authors publish it.",
    },
  ];
}
