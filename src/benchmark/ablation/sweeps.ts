import { layers } from "./layers.ts";
import { aligner, discriminator, loss, monaDepth, monaWidth, neighbourhood, sigma } from "./stages.ts";
import type { Sweep } from "./sweep.ts";
import { switches } from "./switches.ts";

/** By the names that the command line knows, in the order of the tables. */
export const SWEEPS = {
  aligner,
  layers,
  neighbourhood,
  sigma,
  "mona-width": monaWidth,
  "mona-depth": monaDepth,
  discriminator,
  loss,
  switches,
} as const satisfies Record<string, Sweep>;

export type SweepName = keyof typeof SWEEPS;

export const SWEEP_NAMES = Object.keys(SWEEPS) as readonly SweepName[];
