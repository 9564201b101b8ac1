import type { SuiteId } from "../suite.ts";
import type { Files } from "./files.ts";
import { MPDD_TYPES, MVTEC_TYPES, mvtecMiniature } from "./mvtec-miniature.ts";
import { PCB_BANK_NAMES, VISA_NAMES, visaMiniature } from "./visa-miniature.ts";

const MADE = new Map<SuiteId, Promise<Files>>();

/** A suite's folders and files as its authors lay them out, with few tiny images. */
export function miniature(id: SuiteId): Promise<Files> {
  const made = MADE.get(id) ?? make(id);
  MADE.set(id, made);
  return made;
}

async function make(id: SuiteId): Promise<Files> {
  switch (id) {
    case "mpdd":
      return mvtecMiniature(MPDD_TYPES);
    case "mvtec":
      return { ...(await mvtecMiniature(MVTEC_TYPES)), "readme.txt": "", "license.txt": "" };
    case "visa":
      return visaMiniature(VISA_NAMES, "split_csv/1cls.csv");
    case "pcb-bank":
      return visaMiniature(PCB_BANK_NAMES, "1cls_clear.csv");
    case "custom":
      return mvtecMiniature({ "left door": ["dent"], "Right Door": ["dent", "scratch"] });
  }
}
