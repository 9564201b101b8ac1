import type { BenchmarkResults, CellResult } from "../results.ts";
import { COLOUR_RULE } from "./colour-scale.ts";
import { composeFigure, type FigureRow } from "./compose-figure.ts";
import type { Figure } from "./figure.ts";
import type { Tiles } from "./tile-collector.ts";

/**
 * The qualitative figure of a benchmark, in the shape of the paper's figure 2: a row for each class, with the image, its truth
 * and the map of each method on each backbone, of the first seed that has tiles. Undefined where there are no tiles.
 */
export async function makeFigure(
  results: BenchmarkResults,
  tilesOf: (cell: CellResult) => Promise<Tiles | undefined>,
): Promise<Figure | undefined> {
  const { suite, backbones, variants, cells } = results;
  const columns = backbones.flatMap((backbone) =>
    variants
      .filter(({ sweep }) => sweep === undefined)
      .map(({ id, label }) => ({
        of: (cell: CellResult) => cell.variant === id && cell.backbone.id === backbone.id,
        label: backbones.length > 1 ? `${label}, ${backbone.name}` : label,
      })),
  );
  const rows: FigureRow[] = [];
  for (const name of suite.classes) {
    const own = cells.filter((cell) => cell.class === name).sort((a, b) => a.seed - b.seed);
    const tiles: (Tiles | undefined)[] = [];
    for (const { of } of columns) tiles.push(await firstTiles(own.filter(of), tilesOf));
    const example = tiles.find((each) => each !== undefined);
    if (example === undefined) continue;
    rows.push({ label: name, tiles: [example.image, example.truth, ...tiles.map((each) => each?.map)] });
  }
  if (rows.length === 0) return undefined;
  const labels = ["Image", "Truth", ...columns.map(({ label }) => label)];
  return {
    png: await composeFigure(labels, rows),
    caption: `Rows: ${rows.map(({ label }) => label).join(", ")}. Columns: ${labels.join(", ")}. Each class is shown by the middle image, by name, of its first defect type, chosen before anything was scored. ${COLOUR_RULE}`,
  };
}

async function firstTiles(
  cells: readonly CellResult[],
  tilesOf: (cell: CellResult) => Promise<Tiles | undefined>,
): Promise<Tiles | undefined> {
  for (const cell of cells) {
    const tiles = await tilesOf(cell);
    if (tiles !== undefined) return tiles;
  }
  return undefined;
}
