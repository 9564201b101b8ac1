import type { PublishedResult } from "./published.ts";
import { paperMean } from "./rsad-paper.ts";

export const PCB_BANK: readonly PublishedResult[] = [
  paperMean(
    97.4,
    96.4,
    "The paper counts 4,214 training and 2,253 test images in PCB-Bank. The data set has 6,749 images in all, which leaves 2,535 for the test: a slip, or another release.",
  ),
];
