export { checkSuite } from "./check-suite.ts";
export { countImages } from "./count-images.ts";
export { openSuite } from "./open-suite.ts";
export type { ClassCounts } from "./publication.ts";
export { publishedClasses, publishedCounts } from "./published-counts.ts";
export { SUITE_IDS, type Suite, type SuiteClass, type SuiteId } from "./suite.ts";
