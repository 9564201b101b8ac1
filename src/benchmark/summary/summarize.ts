import { join } from "node:path";
import { checkFields } from "../../fields.ts";
import { writeFileAtomic } from "../../files.ts";
import type { Collected } from "../collect.ts";
import type { BenchmarkResults } from "../results.ts";
import { type SummaryLine, summaryLines } from "./averages.ts";
import { readSuites } from "./read-suites.ts";
import { renderSummary } from "./render-summary.ts";

const FILES = {
  page: "summary.html",
  markdown: "summary.md",
  latex: "summary.tex",
  figures: "summary.csv",
} as const satisfies SummaryFiles;

/** Paths of the tables in each form. */
export type SummaryFiles = Readonly<Record<"page" | "markdown" | "latex" | "figures", string>>;

/** An output folder that was read, and what it lacks. */
export interface SummarizedSuite
  extends Pick<Collected, "missing" | "outdated">,
    Pick<BenchmarkResults, "suite" | "seeds" | "failures"> {
  readonly path: string;
}

export interface SummaryRequest {
  /** The folder to write. */
  readonly output: string;
  /** The folders that benchmarks have written, in the tables' order. */
  readonly folders: readonly string[];
}

export interface Summary {
  readonly suites: readonly SummarizedSuite[];
  readonly averages: readonly SummaryLine[];
  /** The tables in plain text. */
  readonly tables: string;
  /** Paths by what they are of. */
  readonly files: SummaryFiles;
}

/**
 * Makes the tables over several suites of the output folders of their benchmarks. The folders are read alone, so that a
 * run in one of them may go on. Throws RSAD_ARGUMENT_INVALID for fewer than two folders, for one that is none of a
 * benchmark's, for two of the same suite, and where one name stands for two things; RSAD_DISK_FULL,
 * RSAD_PERMISSION_DENIED.
 */
export async function summarizeBenchmarks(request: SummaryRequest): Promise<Summary> {
  checkFields("summarizeBenchmarks", request, { output: "path", folders: "list" });
  const { output, folders } = request;
  const read = await readSuites(folders);
  const all = read.map(({ results }) => results);
  const averages = summaryLines(all);
  const { csv, text, ...documents } = renderSummary(all, averages);
  const contents = { page: documents.html, ...documents, figures: csv };
  const paths = Object.entries(FILES).map(([kind, name]) => [kind, join(output, name)] as const);
  for (const [kind, path] of paths) await writeFileAtomic(path, contents[kind as keyof typeof FILES]);
  return {
    suites: read.map(({ path, results: { suite, seeds, failures }, missing, outdated }) => ({
      path,
      suite,
      seeds,
      failures,
      missing,
      outdated,
    })),
    averages,
    tables: text,
    files: Object.fromEntries(paths) as SummaryFiles,
  };
}
