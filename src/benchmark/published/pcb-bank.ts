import type { PublishedResult } from "./published.ts";
import { paperMean } from "./rsad-paper.ts";

export const PCB_BANK: readonly PublishedResult[] = [
  paperMean(
    97.4,
    96.4,
    "Of the 6,749 images that PCB-Bank's page counts, its split file leaves out 282 test images of pcb6; the paper's 4,214 and 2,253 are the split file's.",
  ),
];
