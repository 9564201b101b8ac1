/** A table before it is written in any format. */
export interface Table {
  /** File-safe; also the LaTeX label. */
  readonly id: string;
  readonly title: string;
  /** What the figures are, in a sentence or two. */
  readonly lead: string;
  /** Heading of the column of row labels. */
  readonly corner: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** What the marks stand for, in order. */
  readonly notes: readonly Note[];
  /** What a group of an ablation is of, so that it can be drawn, too. */
  readonly sweep?: { readonly name: string; readonly backbone: string };
}

export interface Column {
  readonly label: string;
  /** `words` are aligned to the left and may wrap. */
  readonly kind: "measured" | "oracle" | "published" | "words";
  readonly marks: readonly string[];
}

export interface Row {
  readonly label: string;
  readonly kind: "measured" | "summary" | "published";
  readonly marks: readonly string[];
  readonly cells: readonly Cell[];
}

/** Several figures of one cell are set apart by a stroke. */
export interface Cell {
  readonly parts: readonly Part[];
  readonly marks: readonly string[];
}

export interface Part {
  readonly text: string;
  /** What follows ±. */
  readonly deviation?: string | undefined;
  /** The best of those that compete. */
  readonly best?: boolean;
}

export interface Note {
  readonly mark: string;
  readonly text: string;
}

export const MISSING = "–";

/** A cell of words, or of nothing. */
export function words(text: string): Cell {
  return { parts: [{ text }], marks: [] };
}

/** Gives a mark to every text that a table's reader needs, the same text the same mark: a, b, ..., z, aa. */
export class Notes {
  readonly #marks = new Map<string, string>();

  mark(text: string): string {
    const mark = this.#marks.get(text) ?? letters(this.#marks.size);
    this.#marks.set(text, mark);
    return mark;
  }

  list(): Note[] {
    return [...this.#marks].map(([text, mark]) => ({ mark, text }));
  }
}

function letters(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}
