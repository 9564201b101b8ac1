export { openSuite } from "./open-suite.ts";
export { SUITE_IDS, type Suite, type SuiteClass, type SuiteId } from "./suite.ts";
