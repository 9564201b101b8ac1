import { type PublishedResult, publishedResults } from "../published/index.ts";
import { asPrinted } from "./figures.ts";
import type { Measure } from "./measures.ts";
import { originOf } from "./origin.ts";
import { type Cell, type Column, MISSING, type Notes, words } from "./table.ts";

/** What has been published of a measure class by class. */
export function publishedByClass(suite: string, { published }: Measure): PublishedResult[] {
  if (published === undefined) return [];
  return publishedResults(suite).filter(({ classes }) =>
    Object.values(classes ?? {}).some((measures) => measures[published] !== undefined),
  );
}

export function publishedColumn(result: PublishedResult, notes: Notes): Column {
  const { method, note } = result;
  const texts = note === undefined ? [originOf(result)] : [originOf(result), note];
  return { label: method, kind: "published", marks: texts.map((text) => notes.mark(text)) };
}

/** A class's cell, or the average's where `className` is undefined. */
export function publishedCell(result: PublishedResult, { published }: Measure, className?: string): Cell {
  const measures = className === undefined ? result.mean : result.classes?.[className];
  const value = published === undefined ? undefined : measures?.[published];
  return words(value === undefined ? MISSING : asPrinted(value));
}
