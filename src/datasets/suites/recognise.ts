import { PUBLICATIONS, type PublishedSuiteId } from "./publications.ts";
import { SUITE_IDS } from "./suite.ts";

/** The published suites that have classes among `folders`, those with the most first. */
export function recognise(
  folders: readonly string[],
): { id: PublishedSuiteId; title: string; matches: number }[] {
  return SUITE_IDS.filter((id) => id !== "custom")
    .map((id) => {
      const { title, classes } = PUBLICATIONS[id];
      return { id, title, matches: folders.filter((name) => Object.hasOwn(classes, name)).length };
    })
    .filter(({ matches }) => matches > 0)
    .sort((a, b) => b.matches - a.matches);
}
