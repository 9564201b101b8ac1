import type { Publication } from "./publication.ts";

export const PCB_BANK: Publication = {
  title: "PCB-Bank",
  source: "the data set's page: VisA's split for pcb1 to pcb4, 200 normal images for training of the others",
  page: "https://github.com/SSRheart/PCB-Bank",
  licence: "CC BY 4.0, and Real-IAD's own terms for pcb5",
  maskRule: "nonzero",
  splitFiles: ["1cls_clear.csv", "1cls.csv", "split_csv/1cls_clear.csv", "split_csv/1cls.csv"],
  classes: {
    pcb1: { train: 904, testGood: 100, testDefect: 100 },
    pcb2: { train: 901, testGood: 100, testDefect: 100 },
    pcb3: { train: 905, testGood: 101, testDefect: 100 },
    pcb4: { train: 904, testGood: 101, testDefect: 100 },
    pcb5: { train: 200, testGood: 245, testDefect: 493 },
    pcb6: { train: 200, testGood: 305, testDefect: 425 },
    pcb7: { train: 200, testGood: 186, testDefect: 79 },
  },
};
