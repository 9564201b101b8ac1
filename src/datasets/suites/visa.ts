import type { Publication } from "./publication.ts";

export const VISA: Publication = {
  title: "VisA",
  source: "Zou et al., ECCV 2022, and its split_csv/1cls.csv: 90 % of the normal images are for training",
  page: "https://github.com/amazon-science/spot-diff",
  licence: "CC BY 4.0",
  maskRule: "nonzero",
  splitFiles: ["split_csv/1cls.csv", "1cls.csv"],
  classes: {
    candle: { train: 900, testGood: 100, testDefect: 100 },
    capsules: { train: 542, testGood: 60, testDefect: 100 },
    cashew: { train: 450, testGood: 50, testDefect: 100 },
    chewinggum: { train: 453, testGood: 50, testDefect: 100 },
    fryum: { train: 450, testGood: 50, testDefect: 100 },
    macaroni1: { train: 900, testGood: 100, testDefect: 100 },
    macaroni2: { train: 900, testGood: 100, testDefect: 100 },
    pcb1: { train: 904, testGood: 100, testDefect: 100 },
    pcb2: { train: 901, testGood: 100, testDefect: 100 },
    pcb3: { train: 905, testGood: 101, testDefect: 100 },
    pcb4: { train: 904, testGood: 101, testDefect: 100 },
    pipe_fryum: { train: 450, testGood: 50, testDefect: 100 },
  },
};
