import type { Publication } from "./publication.ts";

export const MPDD: Publication = {
  title: "MPDD",
  source: "Li et al., Pattern Recognition Letters 2025, table 1; Jezek et al., ICUMT 2021",
  page: "https://github.com/stepanje/MPDD",
  licence: "no licence is stated on its page: ask the authors",
  classes: {
    bracket_black: { train: 289, testGood: 32, testDefect: 47 },
    bracket_brown: { train: 185, testGood: 26, testDefect: 51 },
    bracket_white: { train: 110, testGood: 30, testDefect: 30 },
    connector: { train: 128, testGood: 30, testDefect: 14 },
    metal_plate: { train: 54, testGood: 26, testDefect: 71 },
    tubes: { train: 122, testGood: 32, testDefect: 69 },
  },
};
