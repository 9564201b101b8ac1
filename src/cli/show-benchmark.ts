import {
  type BenchmarkEvent,
  type CellName,
  describeCell,
  type OnBenchmarkEvent,
  type Standing,
} from "../benchmark/index.ts";
import { duration, percentage } from "../format.ts";
import type { Context } from "./context.ts";
import type { FullRequest } from "./running-options.ts";

/** Shows how a benchmark goes on: a line for each cell, on a terminal a bar below them. */
export function showBenchmark(request: FullRequest, context: Context): OnBenchmarkEvent {
  const columns = alignedNames(request);
  return (event) => {
    const line = describe(event, columns);
    if (event.kind === "failed") context.warn(line!);
    else if (line !== undefined) context.note(line);
    if (!("standing" in event)) return;
    const { done, total } = event.standing;
    const left = done === total ? "0 s" : (wordsLeft(event.standing) ?? "");
    const detail = event.kind === "progress" ? describeProgress(event) : "";
    context.onProgress?.({ phase: "cells", done, total, detail, left });
  };
}

function describe(event: BenchmarkEvent, columns: (cell: CellName) => string): string | undefined {
  switch (event.kind) {
    case "waiting":
      return "Waiting for another run, or the lock of a killed one, in the output folder.";
    case "anew":
      return `Anew: ${describeCell(event.cell)}: ${event.reason}.`;
    case "kept":
      if (event.cells === 0) return undefined;
      return `Finished already: ${event.cells} of ${event.standing.total} cells.`;
    case "finished": {
      const { image, pixel } = event.result.measures;
      const figures = `image ${percentage(image.auroc)}  pixel ${percentage(pixel?.auroc)}  ${duration(event.seconds)}`;
      return `${place(event.standing)} ${columns(event.cell)}  ${figures}${timeLeft(event.standing)}`;
    }
    case "failed": {
      const { code, message } = event.failure;
      return `${place(event.standing)} ${columns(event.cell)}  failed: ${code}: ${message}`;
    }
    case "progress":
      return undefined;
  }
}

function place({ done, total }: Standing): string {
  return `[${String(done).padStart(String(total).length)}/${total}]`;
}

/** A cell's names, one below the other from line to line. */
function alignedNames({ variants, suite }: FullRequest): (cell: CellName) => string {
  const widest = (names: readonly string[]) => Math.max(...names.map((name) => name.length));
  const variantWidth = widest(variants.map(({ id }) => id));
  const classWidth = widest(suite.classes.map(({ name }) => name));
  return ({ variant, class: className, backbone, seed }) =>
    `${variant.padEnd(variantWidth)}  ${className.padEnd(classWidth)}  ${backbone}  seed ${seed}`;
}

function timeLeft(standing: Standing): string {
  const words = wordsLeft(standing);
  return words === undefined || standing.done === standing.total ? "" : `  ${words} left`;
}

function wordsLeft({ left }: Standing): string | undefined {
  return left && `${left.roughly ? "roughly" : "about"} ${duration(left.seconds)}`;
}

function describeProgress({ cell, progress }: Extract<BenchmarkEvent, { kind: "progress" }>): string {
  const share = progress.total === 0 ? 100 : Math.floor((100 * progress.done) / progress.total);
  return `${cell.variant} ${cell.class} seed ${cell.seed}: ${progress.phase} ${share} %`;
}
