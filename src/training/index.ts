export { trainedHead } from "./head.ts";
export type { LossPoint } from "./loss-log.ts";
export { REFERENCE_DEVIATION } from "./scaling.ts";
export { stepGraph } from "./step-graph.ts";
export { stepCount } from "./step-inputs.ts";
export { runTraining } from "./trainer.ts";
