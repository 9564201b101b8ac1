import { renderSvg } from "../../images/index.ts";
import { type Html, html } from "../../report/index.ts";
import { inLines } from "./in-lines.ts";
import { TILE_SIDE } from "./tile-collector.ts";

export interface FigureRow {
  readonly label: string;
  /** One for each column: a PNG file of {@link TILE_SIDE}, or nothing. */
  readonly tiles: readonly (Uint8Array | undefined)[];
}

const GAP = 8;
const LINE = 18;
/** What fits into a tile's width. */
const LINE_LENGTH = 24;
const GUTTER = 160;

/**
 * Tiles in rows and columns as one PNG on white, with the columns' labels above and the rows' on the left. A machine without
 * fonts, as a bare server is, leaves the labels out.
 */
export async function composeFigure(
  columns: readonly string[],
  rows: readonly FigureRow[],
): Promise<Uint8Array> {
  const labelled = await hasFonts();
  const headings = columns.map((label) => inLines(label, LINE_LENGTH));
  const left = labelled ? GUTTER : GAP;
  const top = labelled ? GAP + LINE * Math.max(...headings.map(({ length }) => length)) : GAP;
  const width = left + columns.length * (TILE_SIDE + GAP);
  const height = top + rows.length * (TILE_SIDE + GAP);
  const x = (column: number) => left + column * (TILE_SIDE + GAP);
  const y = (row: number) => top + row * (TILE_SIDE + GAP);

  const gaps = rows.flatMap(({ tiles }, row) =>
    columns.flatMap((_, column) =>
      tiles[column] === undefined
        ? html`<rect x="${x(column)}" y="${y(row)}" width="${TILE_SIDE}" height="${TILE_SIDE}" fill="#eceeec"/>`
        : [],
    ),
  );
  const labels = [
    ...headings.flatMap((lines, column) =>
      lines.map((line, i) =>
        text(line, x(column) + TILE_SIDE / 2, top - 6 - LINE * (lines.length - 1 - i), "middle"),
      ),
    ),
    ...rows.flatMap(({ label }, row) => {
      const lines = inLines(label, LINE_LENGTH - 4);
      const first = y(row) + TILE_SIDE / 2 - (LINE * (lines.length - 1)) / 2;
      return lines.map((line, i) => text(line, left - 10, first + LINE * i, "end"));
    }),
  ];
  const drawing = html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#ffffff"/>${gaps}${labelled ? labels : undefined}</svg>`;
  return renderSvg(
    drawing.text,
    rows.flatMap(({ tiles }, row) =>
      tiles.flatMap((file, column) => (file === undefined ? [] : { file, left: x(column), top: y(row) })),
    ),
  );
}

/** Two letters look alike only where there is no font, and every letter is the same box, or nothing. */
async function hasFonts(): Promise<boolean> {
  const [wide, thin] = await Promise.all(
    ["W", "i"].map((letter) => {
      const drawing = html`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">${text(letter, 4, 20, "start")}</svg>`;
      return renderSvg(drawing.text);
    }),
  );
  return Buffer.compare(wide!, thin!) !== 0;
}

function text(content: string, x: number, y: number, anchor: "start" | "middle" | "end"): Html {
  return html`<text x="${x}" y="${y}" text-anchor="${anchor}" font-family="sans-serif" font-size="14" fill="#1c2530">${content}</text>`;
}
