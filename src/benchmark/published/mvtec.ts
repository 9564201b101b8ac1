import type { PublishedResult } from "./published.ts";
import { forAllClasses, perClass } from "./row.ts";
import { paperMean } from "./rsad-paper.ts";

const inpFormer = "INP-Former repository";
const anomalib = "anomalib's own run";
const ader = "ADer benchmark, one team's runs at 256 pixels";
const efficientAd = "EfficientAD paper, as quoted by the nelson1425/EfficientAD repository";

export const MVTEC: readonly PublishedResult[] = [
  paperMean(96.1, 93.6),
  perClass("GLASS", [99.9, 99.3], { selection: "test", source: "GLASS repository" }),
  perClass("UniNet", [99.9, 98.81, 96.0], { selection: "unknown", source: "UniNet repository" }),
  perClass("DDAD", [99.8, 98.1, 92.3], { selection: "test", source: "DDAD repository" }),
  perClass("PBAS", [99.8, 98.6], { selection: "test", source: "PBAS repository" }),
  perClass("CRAS", [99.7, 98.4], { selection: "test", source: "CRAS repository" }),
  perClass("Dinomaly", [99.7, undefined, 95.0], { selection: "unknown", source: inpFormer }),
  perClass("INP-Former", [99.7, undefined, 95.4], { selection: "unknown", source: inpFormer }),
  perClass("RealNet", [99.6, 99.0, 93.07], {
    selection: "unknown",
    source: "RealNet repository; AUPRO from the UniNet repository",
  }),
  perClass("SimpleNet", [99.6, 98.1, 90.0], {
    selection: "test",
    source: "SimpleNet paper; AUPRO from the INP-Former repository",
    note: "A user's full run of SimpleNet's code, again with the best epoch on the test set, gave 99.57 / 97.54 / 90.79 (issue 77 of its repository). SuperSimpleNet's authors ran it without that choice, over 5 seeds: carpet fell from 99.7 to 97.8.",
  }),
  perClass("PatchCore, ensemble", [99.6, 98.2, 94.9], {
    selection: "none",
    source: "patchcore-inspection repository",
  }),
  perClass("GLAD", [99.3, 98.62, 95.31], { selection: "unknown", source: "UniNet repository" }),
  perClass("PatchCore", [99.2, 98.1, 94.4], {
    selection: "none",
    source: "patchcore-inspection repository (WideResNet50)",
  }),
  perClass("EfficientAD-M", [99.1], { selection: "last", source: efficientAd }),
  perClass("EfficientAD-S", [98.8], { selection: "last", source: efficientAd }),
  perClass("SuperSimpleNet", [98.38, 97.53, 91.14], {
    selection: "last",
    source: "SuperSimpleNet repository",
    note: "SuperSimpleNet: mean of 5 seeds; the standard deviation of the image AUROC is 0.10.",
  }),
  perClass("Dinomaly", [99.7, 98.4], { selection: "unknown", source: anomalib }),
  perClass("EfficientAD-S", [98.2], { selection: "unknown", source: anomalib }),
  perClass("PatchCore", [98.0, 98.0], { selection: "none", source: anomalib }),
  perClass("EfficientAD-M", [97.5], { selection: "unknown", source: anomalib }),
  perClass("GLASS", [97.2, 96.5], { selection: "test", source: anomalib }),
  perClass("UniNet", [95.6, 97.6], { selection: "unknown", source: anomalib }),
  perClass("PaDiM", [95.0, 97.9], { selection: "none", source: `${anomalib} (WideResNet50)` }),
  forAllClasses("INP-Former", [99.7, 98.5, 94.9], { selection: "unknown", source: inpFormer }),
  {
    method: "Dinomaly, DINOv3-L",
    mean: { imageAuroc: 99.7, pixelAuroc: 98.78, aupro: 95.8 },
    protocol: "unknown",
    selection: "unknown",
    source: "Dinomaly repository",
  },
  forAllClasses("Dinomaly", [99.7], { selection: "unknown", source: "Dinomaly repository" }),
  forAllClasses("Dinomaly", [99.6, 98.4, 94.8], { selection: "unknown", source: inpFormer }),
  forAllClasses("UniNet", [99.05], { selection: "unknown", source: "UniNet repository" }),
  forAllClasses("PatchCore", [98.8, 98.3, 94.2], { selection: "none", source: ader }),
  forAllClasses("SimpleNet, 100 epochs", [95.4, 96.8, 86.9], { selection: "unknown", source: ader }),
  forAllClasses("SimpleNet", [95.3, 96.9, 86.5], { selection: "unknown", source: inpFormer }),
  forAllClasses("SimpleNet, 300 epochs", [79.2, 82.4, 62.0], { selection: "unknown", source: ader }),
];
