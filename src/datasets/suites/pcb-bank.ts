import type { Publication } from "./publication.ts";

/** The counts are those of the published split, which leaves out 282 of pcb6's images: docs/datasets.md says more. */
export const PCB_BANK: Publication = {
  title: "PCB-Bank",
  source: "the file 1cls_clear.csv on its page; Yao et al., ECCV 2024",
  page: "https://github.com/SSRheart/PCB-Bank",
  licence: "CC BY 4.0 by its page; the part from Real-IAD, pcb5, is sent on request",
  maskRule: "nonzero",
  splitFiles: ["1cls_clear.csv", "split_csv/1cls_clear.csv", "1cls.csv", "split_csv/1cls.csv"],
  classes: {
    pcb1: { train: 904, testGood: 100, testDefect: 100 },
    pcb2: { train: 901, testGood: 100, testDefect: 100 },
    pcb3: { train: 905, testGood: 101, testDefect: 100 },
    pcb4: { train: 904, testGood: 101, testDefect: 100 },
    pcb5: { train: 200, testGood: 293, testDefect: 445 },
    pcb6: { train: 200, testGood: 174, testDefect: 274 },
    pcb7: { train: 200, testGood: 186, testDefect: 79 },
  },
};
