import type { PublishedResult } from "./published.ts";
import { forAllClasses, perClass } from "./row.ts";
import { paperMean } from "./rsad-paper.ts";

const inpFormer = "INP-Former repository";
const ader = "ADer benchmark, one team's runs at 256 pixels";
const efficientAd = "EfficientAD paper, as quoted by the nelson1425/EfficientAD repository";

export const VISA: readonly PublishedResult[] = [
  paperMean(93.8, 92.5),
  perClass("DDAD", [98.9, 97.6, 92.7], {
    selection: "test",
    source: "DDAD repository",
    note: "A user of DDAD's code got 66.2 instead of 100 on pipe_fryum (issue 52 of its repository).",
  }),
  perClass("Dinomaly", [98.9, undefined, 95.1], { selection: "unknown", source: inpFormer }),
  perClass("GLASS", [98.8, 98.8], { selection: "test", source: "GLASS repository" }),
  perClass("INP-Former", [98.5, undefined, 93.8], { selection: "unknown", source: inpFormer }),
  perClass("EfficientAD-M", [98.1], { selection: "last", source: efficientAd }),
  perClass("RealNet", [97.8, 98.8], { selection: "unknown", source: "RealNet repository" }),
  perClass("PBAS", [97.7, 98.6], { selection: "test", source: "PBAS repository" }),
  perClass("EfficientAD-S", [97.5], { selection: "last", source: efficientAd }),
  perClass("CRAS", [97.0, 98.4], { selection: "test", source: "CRAS repository" }),
  perClass("SimpleNet", [96.8, undefined, 88.7], { selection: "test", source: inpFormer }),
  perClass("PatchCore", [95.1, undefined, 91.2], { selection: "none", source: inpFormer }),
  perClass("PatchCore", [94.3], {
    selection: "none",
    source: "EfficientAD paper, as quoted in anomalib's discussion 1607",
  }),
  perClass("SuperSimpleNet", [93.38, 98.34, 87.43], {
    selection: "last",
    source: "SuperSimpleNet repository",
    note: "SuperSimpleNet: mean of 5 seeds; the standard deviation of the image AUROC is 0.42.",
  }),
  perClass("SimpleNet", [87.9], {
    selection: "last",
    source: "EfficientAD paper, as quoted in anomalib's discussion 1607",
    note: "SimpleNet at 87.9 is SimpleNet without the choice of the best epoch on the test set.",
  }),
  forAllClasses("INP-Former", [98.9, 98.9, 94.4], { selection: "unknown", source: inpFormer }),
  forAllClasses("UniNet", [98.9], { selection: "unknown", source: "UniNet repository" }),
  forAllClasses("Dinomaly", [98.9], { selection: "unknown", source: "Dinomaly repository" }),
  forAllClasses("Dinomaly", [98.7, 98.7, 94.5], { selection: "unknown", source: inpFormer }),
  forAllClasses("SimpleNet", [87.2, 96.8, 81.4], { selection: "unknown", source: inpFormer }),
  forAllClasses("SimpleNet, 100 epochs", [86.4, 96.6, 79.2], { selection: "unknown", source: ader }),
  forAllClasses("SimpleNet, 300 epochs", [80.7, 94.4, 74.2], { selection: "unknown", source: ader }),
];
