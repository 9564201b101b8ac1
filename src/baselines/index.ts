export { fitPatchCore } from "./patchcore.ts";
