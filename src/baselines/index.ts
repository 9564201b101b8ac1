export { fitDfm } from "./dfm.ts";
export { fitPadim } from "./padim.ts";
export { fitPatchCore } from "./patchcore.ts";
