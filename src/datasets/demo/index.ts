export { DEFECT_TYPES, type DefectType } from "./defect.ts";
export { type DemoOptions, makeDemo } from "./make-demo.ts";
export { renderDemoPart } from "./render-demo-part.ts";
