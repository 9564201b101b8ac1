import type { Publication } from "./publication.ts";

export const MVTEC: Publication = {
  title: "MVTec AD",
  source: "Bergmann et al., CVPR 2019, table 2",
  page: "https://www.mvtec.com/company/research/datasets/mvtec-ad",
  licence: "CC BY-NC-SA 4.0: not for commercial use",
  classes: {
    carpet: { train: 280, testGood: 28, testDefect: 89 },
    grid: { train: 264, testGood: 21, testDefect: 57 },
    leather: { train: 245, testGood: 32, testDefect: 92 },
    tile: { train: 230, testGood: 33, testDefect: 84 },
    wood: { train: 247, testGood: 19, testDefect: 60 },
    bottle: { train: 209, testGood: 20, testDefect: 63 },
    cable: { train: 224, testGood: 58, testDefect: 92 },
    capsule: { train: 219, testGood: 23, testDefect: 109 },
    hazelnut: { train: 391, testGood: 40, testDefect: 70 },
    metal_nut: { train: 220, testGood: 22, testDefect: 93 },
    pill: { train: 267, testGood: 26, testDefect: 141 },
    screw: { train: 320, testGood: 41, testDefect: 119 },
    toothbrush: { train: 60, testGood: 12, testDefect: 30 },
    transistor: { train: 213, testGood: 60, testDefect: 40 },
    zipper: { train: 240, testGood: 32, testDefect: 119 },
  },
};
