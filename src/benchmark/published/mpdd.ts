import type { PublishedMeasures, PublishedResult } from "./published.ts";
import { PAPER_MPDD } from "./rsad-paper.ts";

const ADER = "ADer benchmark, one team's runs at 256 pixels";

/** One model for all classes: to be read beside one another, not beside one model per class. */
function ader(method: string, imageAuroc: number, pixelAuroc: number, aupro: number): PublishedResult {
  return {
    method,
    mean: { imageAuroc, pixelAuroc, aupro },
    protocol: "one model for all classes",
    selection: method === "PatchCore" ? "none" : "unknown",
    source: ADER,
  };
}

const pbas = (imageAuroc: number, pixelAuroc: number, aupro: number): PublishedMeasures => ({
  imageAuroc,
  pixelAuroc,
  aupro,
});

export const MPDD: readonly PublishedResult[] = [
  ...PAPER_MPDD,
  {
    method: "GLASS",
    mean: { imageAuroc: 99.6, pixelAuroc: 99.4 },
    protocol: "one model per class",
    selection: "test",
    source: "GLASS repository",
  },
  {
    method: "CRAS",
    mean: { imageAuroc: 98.8, pixelAuroc: 98.7 },
    protocol: "one model per class",
    selection: "test",
    source: "CRAS repository",
  },
  {
    method: "PBAS",
    mean: pbas(97.7, 98.8, 97.1),
    classes: {
      bracket_black: pbas(92.4, 98.3, 96.5),
      bracket_brown: pbas(97.3, 97.7, 92.1),
      bracket_white: pbas(96.9, 99.1, 96.0),
      connector: pbas(100, 99.4, 99.2),
      metal_plate: pbas(100, 99.2, 98.6),
      tubes: pbas(99.6, 99.1, 100),
    },
    protocol: "one model per class",
    selection: "test",
    source: "PBAS repository and its issue 1",
  },
  {
    method: "RealNet",
    mean: { imageAuroc: 96.3, pixelAuroc: 98.2 },
    protocol: "one model per class",
    selection: "unknown",
    source: "RealNet repository",
  },
  {
    method: "CRAS",
    mean: { imageAuroc: 95.0, pixelAuroc: 98.3 },
    protocol: "one model for all classes",
    selection: "test",
    source: "CRAS repository",
  },
  ader("PatchCore", 94.6, 98.9, 95.7),
  ader("InvAD, 100 epochs", 93.7, 98.2, 94.8),
  ader("InvAD, 300 epochs", 96.0, 98.5, 95.3),
  ader("RD, 100 epochs", 91.3, 98.3, 95.5),
  ader("RD, 300 epochs", 90.3, 98.3, 95.2),
  ader("RD++, 100 epochs", 90.2, 98.5, 95.5),
  ader("RD++, 300 epochs", 90.6, 98.4, 95.3),
  ader("InvAD-lite, 100 epochs", 90.9, 98.0, 94.0),
  ader("InvAD-lite, 300 epochs", 92.8, 98.3, 94.6),
  ader("SimpleNet, 100 epochs", 88.4, 96.5, 89.0),
  ader("SimpleNet, 300 epochs", 90.6, 97.1, 90.0),
  ader("MambaAD, 100 epochs", 88.7, 97.5, 92.3),
  ader("MambaAD, 300 epochs", 89.2, 97.7, 92.8),
  ader("DeSTSeg, 100 epochs", 91.3, 82.0, 63.3),
  ader("DeSTSeg, 300 epochs", 92.6, 90.8, 78.3),
  ader("RealNet, 100 epochs", 85.1, 83.3, 68.1),
  ader("RealNet, 300 epochs", 86.0, 74.7, 52.3),
  ader("UniAD, 100 epochs", 70.5, 93.9, 79.7),
  ader("UniAD, 300 epochs", 80.1, 95.4, 83.8),
];
