import { expect } from "vitest";
import { RsadError } from "../../../errors.ts";
import { temporarySet } from "../../testing/temporary-set.ts";
import { openSuite } from "../open-suite.ts";
import type { SuiteId } from "../suite.ts";
import type { Files } from "./files.ts";

/** What openSuite says of these files: severity, code, subject and message of each finding, paths shown as <root>. */
export async function find(id: SuiteId, files: Files, folder = ""): Promise<string[]> {
  const root = await temporarySet(files);
  try {
    const { findings } = await openSuite(id, root + folder);
    for (const { hint } of findings) expect(hint).not.toBe("");
    return findings.map(({ severity, code, subject, message }) =>
      `${severity} ${code} ${subject}: ${message}`.replaceAll(root, "<root>"),
    );
  } catch (error) {
    if (!(error instanceof RsadError)) throw error;
    const { code, received, hint } = error;
    return [`${code} ${received}; ${hint}`.replaceAll(root, "<root>")];
  }
}

const KNOWN = new WeakMap<Files, Promise<string[]>>();

/** What {@link find} says of `files` and does not say of `sound`. */
export async function findBeside(id: SuiteId, sound: Files, files: Files): Promise<string[]> {
  const known = KNOWN.get(sound) ?? find(id, sound);
  KNOWN.set(sound, known);
  const ofSound = new Set(await known);
  return (await find(id, files)).filter((finding) => !ofSound.has(finding));
}
