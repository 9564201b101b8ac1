import type { ClassCounts } from "./publication.ts";
import { PUBLICATIONS } from "./publications.ts";
import type { SuiteId } from "./suite.ts";

/** How many images a class of a suite has by its publication; undefined where there is none. */
export function publishedCounts(id: SuiteId, name: string): ClassCounts | undefined {
  return id === "custom" ? undefined : PUBLICATIONS[id].classes[name];
}

/** The classes that a suite has by its publication; undefined where there is none. */
export function publishedClasses(id: string): readonly string[] | undefined {
  return Object.hasOwn(PUBLICATIONS, id)
    ? Object.keys(PUBLICATIONS[id as keyof typeof PUBLICATIONS].classes)
    : undefined;
}
