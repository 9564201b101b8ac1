import { grouped, range } from "../../format.ts";
import { isTrained } from "../../recipes/index.ts";
import { PAPER_ALIGNERS, PAPER_ALIGNERS_NOTE } from "../published/index.ts";
import type { BenchmarkResults, UsedBackbone, Variant } from "../results.ts";
import { Cells } from "./estimate.ts";
import { estimateCell } from "./estimate-cell.ts";
import { asPrinted } from "./figures.ts";
import { aboutSeeds } from "./leads.ts";
import { markBest } from "./mark-best.ts";
import { AUPRO, IMAGE_AUROC, PIXEL_AUROC } from "./measures.ts";
import { MISSING, Notes, type Row, type Table, words } from "./table.ts";

const SHOWN = [IMAGE_AUROC, PIXEL_AUROC, AUPRO];

/** The groups of an ablation, in the order of its variants. */
export function sweepsOf({ variants }: BenchmarkResults): string[] {
  return [...new Set(variants.flatMap(({ sweep }) => sweep ?? []))];
}

/** A group's name as part of a table's id. */
export function sweepId(sweep: string): string {
  return sweep.replace(/[^a-zA-Z0-9]+/g, "-").toLowerCase();
}

/**
 * One group of an ablation, its variants down, in the shape of the paper's table 5: what sets them apart in size, then averages
 * over the classes. The paper's own figures follow where the aligner is what varies.
 */
export function sweepTable(results: BenchmarkResults, sweep: string, backbone: UsedBackbone): Table {
  const cells = new Cells(results);
  const notes = new Notes();
  const variants = results.variants.filter((variant) => variant.sweep === sweep);
  const sizes = sizesOf(cells, variants, backbone);
  const columns = SHOWN.map((measure) =>
    markBest(
      variants.map(({ id }) =>
        estimateCell(results, cells, notes, { backbone: backbone.id, variant: id, moment: "last" }, [
          measure,
        ]),
      ),
    ),
  );
  const rows = variants.map(
    (variant, i): Row => ({
      label: variant.label,
      kind: "measured",
      marks: variant.notes.map((note) => notes.mark(note)),
      cells: [...sizes.map(({ texts }) => words(texts[i]!)), ...columns.map((column) => column[i]!)],
    }),
  );
  const published = variesAligner(variants) ? paperRows(sizes, notes) : [];
  return {
    id: `${sweepId(sweep)}-${backbone.id}`,
    title: `${sweep[0]!.toUpperCase()}${sweep.slice(1)} (%), ${backbone.name}`,
    lead: `Averages over the classes. ${aboutSeeds(results, true)}${shareOf(sizes, backbone)}${
      published.length > 0 ? " Rows in italics are the paper's table 5, out of competition." : ""
    }`,
    corner: "Variant",
    columns: [
      ...sizes.map(({ label }) => ({ label, kind: "measured", marks: [] }) as const),
      ...SHOWN.map(({ short }) => ({ label: short, kind: "measured", marks: [] }) as const),
    ],
    rows: [...rows, ...published],
    notes: notes.list(),
    sweep: { name: sweep, backbone: backbone.id },
  };
}

/** A column of sizes, a text for each variant. */
interface Sizes {
  readonly label: string;
  readonly texts: readonly string[];
}

const SHARE = "Aligner / backbone";

/** The backbone that is run may be a part of the one that is known by its name. */
function shareOf(sizes: readonly Sizes[], { parameters = 0 }: UsedBackbone): string {
  if (!sizes.some(({ label }) => label === SHARE)) return "";
  return ` Shares of the backbone are of its ${grouped(parameters)} parameters up to the last tap.`;
}

/** Counts that differ between the variants: images trained on, parameters of each stage. */
function sizesOf(cells: Cells, variants: readonly Variant[], backbone: UsedBackbone): Sizes[] {
  const found = variants.map(({ id }) => cells.ofAll({ backbone: backbone.id, variant: id }));
  const stages = [...new Set(found.flat().flatMap(({ parameters }) => Object.keys(parameters)))];
  const counts = [
    { label: "Trained images", of: found.map((list) => list.map(({ counts }) => counts.trained)) },
    ...stages.map((stage) => ({
      label: `Parameters of the ${stage}`,
      of: found.map((list) => list.flatMap(({ parameters }) => parameters[stage] ?? [])),
    })),
  ];
  return counts.flatMap(({ label, of }): Sizes[] => {
    const texts = of.map((values) => text(values, grouped));
    if (new Set(texts.filter((text) => text !== MISSING)).size < 2) return [];
    const whole = backbone.parameters;
    if (!label.endsWith(" aligner") || whole === undefined) return [{ label, texts }];
    const share = (count: number) => `${((100 * count) / whole).toFixed(2)} %`;
    return [
      { label, texts },
      { label: SHARE, texts: of.map((values) => text(values, share)) },
    ];
  });
}

function text(counts: readonly number[], show: (count: number) => string): string {
  return counts.length === 0 ? MISSING : range(counts, show);
}

function variesAligner(variants: readonly Variant[]): boolean {
  const kinds = variants.flatMap(({ recipe }) => (isTrained(recipe) ? recipe.aligner.kind : []));
  return new Set(kinds).size === PAPER_ALIGNERS.length;
}

function paperRows(sizes: readonly Sizes[], notes: Notes): Row[] {
  const marks = [
    notes.mark("RSAD paper, table 5: MPDD, WideResNet50; how the checkpoint was chosen is not known"),
    notes.mark(PAPER_ALIGNERS_NOTE),
  ];
  return PAPER_ALIGNERS.map(({ label, share, imageAuroc, pixelAuroc }) => ({
    label,
    kind: "published",
    marks,
    cells: [
      ...sizes.map((size) => words(size.label === SHARE && share !== undefined ? `${share} %` : MISSING)),
      ...[imageAuroc, pixelAuroc].map((value) => words(asPrinted(value))),
      words(MISSING),
    ],
  }));
}
