import { join } from "node:path";
import { z } from "zod";
import { evaluateModel } from "../../assessment/index.ts";
import { nodeRuntime } from "../../graph/index.ts";
import { GraphScorer } from "../../model/index.ts";
import type { Cell } from "../cell.ts";
import { readJson, writeJson } from "../folder.ts";
import { type CellResult, type Measures, measuresSchema } from "../results.ts";
import { measuresOf } from "./measures.ts";

const candidatesSchema = z.array(z.object({ step: z.number(), measures: measuresSchema }));

/** Up to `count` steps, evenly spaced, the last one among them. */
export function candidateSteps(steps: number, count: number): number[] {
  return [
    ...new Set(Array.from({ length: count }, (_, i) => Math.max(1, Math.round((steps * (i + 1)) / count)))),
  ];
}

/**
 * Measures the test set at moments of training, to say what choosing the best of them by the test set would have given. What
 * has been measured is kept in the cell's folder: it precedes each checkpoint, so a resumed training repeats or lacks none.
 */
export class Oracle {
  readonly #cell: Cell;
  readonly #path: string;
  readonly #signal: AbortSignal;
  readonly #candidates: Map<number, Measures>;

  private constructor(
    cell: Cell,
    path: string,
    signal: AbortSignal,
    known: z.infer<typeof candidatesSchema>,
  ) {
    this.#cell = cell;
    this.#path = path;
    this.#signal = signal;
    this.#candidates = new Map(known.map(({ step, measures }) => [step, measures]));
  }

  static async open(cell: Cell, folder: string, signal: AbortSignal): Promise<Oracle> {
    const path = join(folder, "oracle.json");
    const known = await readJson(path, candidatesSchema);
    return new Oracle(cell, path, signal, known === undefined || known === "damaged" ? [] : known);
  }

  /** Measures a model, as an inspection graph without metadata. */
  async add(step: number, model: Uint8Array): Promise<void> {
    const { dataset, threads } = this.#cell;
    const scorer = await GraphScorer.open(model, nodeRuntime({ threads }), `the model after step ${step}`);
    try {
      const judge = { metadata: {}, score: scorer.score.bind(scorer) };
      const evaluation = await evaluateModel(judge, dataset, { signal: this.#signal });
      this.#candidates.set(step, measuresOf(evaluation));
    } finally {
      await scorer.close();
    }
    await writeJson(
      this.#path,
      [...this.#candidates].map(([step, measures]) => ({ step, measures })),
    );
  }

  /** The best by image AUROC, the earliest among equals; undefined where it cannot be measured. */
  best(): CellResult["oracle"] {
    const ordered = [...this.#candidates].sort(([a], [b]) => a - b);
    const auroc = ([, { image }]: [number, Measures]) => image.auroc ?? Number.NEGATIVE_INFINITY;
    const best = ordered.reduce<[number, Measures] | undefined>(
      (best, each) => (best === undefined || auroc(each) > auroc(best) ? each : best),
      undefined,
    );
    if (best === undefined || best[1].image.auroc === undefined) return undefined;
    return { measures: best[1], step: best[0], candidates: ordered.length };
  }
}
