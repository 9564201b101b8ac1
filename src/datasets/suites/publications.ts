import { MPDD } from "./mpdd.ts";
import { MVTEC } from "./mvtec.ts";
import { PCB_BANK } from "./pcb-bank.ts";
import type { Publication } from "./publication.ts";
import type { SuiteId } from "./suite.ts";
import { VISA } from "./visa.ts";

export type PublishedSuiteId = Exclude<SuiteId, "custom">;

export const PUBLICATIONS: Readonly<Record<PublishedSuiteId, Publication>> = {
  mpdd: MPDD,
  mvtec: MVTEC,
  visa: VISA,
  "pcb-bank": PCB_BANK,
};
