import type { ClassCounts } from "./publication.ts";
import { PUBLICATIONS } from "./publications.ts";
import type { SuiteId } from "./suite.ts";

/** How many images a class of a suite has by its publication; undefined where there is none. */
export function publishedCounts(id: SuiteId, name: string): ClassCounts | undefined {
  return id === "custom" ? undefined : PUBLICATIONS[id].classes[name];
}
