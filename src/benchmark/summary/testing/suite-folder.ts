import { nameOfResult } from "../../cell.ts";
import { BenchmarkFolder, writeJson } from "../../folder.ts";
import type { Wanted } from "../../results.ts";
import { BACKBONE, cell, variant } from "../../tables/testing/results.ts";

/** Writes an output folder with one finished cell, of seed 0, and one that is not computed, of seed 1. */
export async function suiteFolder(path: string, suite: string, rest: Partial<Wanted> = {}): Promise<string> {
  const folder = new BenchmarkFolder(path);
  const wanted: Wanted = {
    format: 1,
    suite: { id: suite, title: suite.toUpperCase(), classes: ["nut"], findings: [] },
    backbones: [BACKBONE],
    variants: [variant("x")],
    seeds: [0, 1],
    ...rest,
  };
  await writeJson(folder.plan, wanted);
  const measures = { image: { auroc: 0.75 } };
  const finished = { ...cell({ class: "nut", variant: "x", seed: 0, measures }), suite };
  await folder.writeCell(nameOfResult(finished), finished);
  return path;
}
