export { EMBEDDED, openEmbedded } from "./embedded.ts";
