import { csvParse } from "d3-dsv";
import { describe, expect, test } from "vitest";
import { recipe } from "../../recipes/index.ts";
import { renderTables } from "./index.ts";
import { BACKBONE, cell, results, variant } from "./testing/results.ts";

const auroc = (image: number, pixel?: number) => ({
  image: { auroc: image },
  ...(pixel !== undefined && { pixel: { auroc: pixel } }),
});

/** What a page says under a heading. */
function section(markdown: string, title: string): string[] {
  const [, rest] = markdown.split(`### ${title}\n`);
  return rest!
    .split("\n###")[0]!
    .split("\n")
    .filter((line) => line !== "");
}

const two = results([
  cell({ class: "a_b", variant: "x", seed: 1, measures: auroc(0.9, 0.5) }),
  cell({ class: "a_b", variant: "x", seed: 2, measures: auroc(0.8, 0.5) }),
  cell({ class: "nut", variant: "x", seed: 1, measures: auroc(1, 0.5) }),
  cell({ class: "nut", variant: "x", seed: 2, measures: auroc(1, 0.5) }),
  cell({ class: "a_b", variant: "y", seed: 1, measures: auroc(0.84999) }),
  cell({ class: "a_b", variant: "y", seed: 2, measures: auroc(0.85) }),
  cell({ class: "nut", variant: "y", seed: 1, measures: auroc(0.98) }),
]);

test("classes down and methods across: mean and deviation over seeds, the best in bold, gaps explained", async () => {
  const { markdown } = await renderTables(two);
  expect(section(markdown, "Image AUROC (%), tiny")).toEqual([
    "Mean ± sample standard deviation over 2 seeds; an average's is that of the seeds' averages over the classes.",
    "| Class | x | y |",
    "| :-- | --: | --: |",
    "| a\\_b | **85.0** ± 7.1 | **85.0** ± 0.0 |",
    "| nut | **100.0** ± 0.0 | 98.0<sup>a</sup> |",
    "| **Average** | **92.5** ± 3.5 | 91.5<sup>a</sup> |",
    "<sup>a</sup> 1 of 2 seeds",
  ]);
  expect(section(markdown, "Pixel AUROC (%), tiny").at(-1)).toBe(
    "<sup>a</sup> not measurable: the images or masks that it needs are missing",
  );
  expect(markdown).not.toContain("AUPIMO");
});

test("in plain text the same figures stand in columns, the best with a star", async () => {
  const { text } = await renderTables(two);
  const tables = text.split("\n\n").map((table) => table.split("\n"));
  expect(tables.map(([title]) => title)).toEqual([
    "Averages over the classes (%)",
    "Image AUROC (%), tiny",
    "Pixel AUROC (%), tiny",
  ]);
  expect(tables[1]).toEqual([
    "Image AUROC (%), tiny",
    "Class               x            y",
    "a_b       *85.0 ± 7.1  *85.0 ± 0.0",
    "nut      *100.0 ± 0.0     98.0 [a]",
    "Average   *92.5 ± 3.5     91.5 [a]",
    "[a] 1 of 2 seeds",
  ]);
});

test("an average over fewer classes says so and is out of competition; no seed with all of them has no deviation", async () => {
  const { markdown } = await renderTables(
    results(
      [
        cell({ class: "a", variant: "x", measures: auroc(0.5) }),
        cell({ class: "b", variant: "x", measures: auroc(0.6) }),
        cell({ class: "a", variant: "y", measures: auroc(0.9) }),
        cell({ class: "a", variant: "z", seed: 1, measures: auroc(0.7) }),
        cell({ class: "b", variant: "z", seed: 2, measures: auroc(0.8) }),
      ],
      {
        failures: [
          {
            suite: "custom",
            class: "b",
            backbone: "tiny",
            variant: "y",
            seed: 1,
            code: "RSAD_IMAGE_INVALID",
            message: "a | b",
          },
        ],
      },
    ),
  );
  expect(section(markdown, "Image AUROC (%), tiny").slice(-5)).toEqual([
    "| **Average** | 55.0<sup>a</sup> | 90.0<sup>a,c</sup> | **75.0**<sup>d</sup> |",
    "<sup>a</sup> 1 of 2 seeds  ",
    "<sup>b</sup> not computed: failed with RSAD\\_IMAGE\\_INVALID  ",
    "<sup>c</sup> average of 1 of 2 classes, compared with no other  ",
    "<sup>d</sup> no seed has all these classes: mean of what each class has",
  ]);
  expect(markdown).toContain("- Failed: b, tiny, y, seed 1: RSAD\\_IMAGE\\_INVALID, a \\| b\n");
});

test("a single seed has no deviation, the oracle a column of its own, and what is not looked at is told", async () => {
  const { markdown } = await renderTables(
    results(
      [
        cell({
          class: "a",
          variant: "x",
          measures: { ...auroc(0.5, 0.7), notInspectedShare: 0.25, notInspectedDefectShare: 0.125 },
          oracle: { measures: auroc(0.9), step: 100, candidates: 4 },
        }),
        cell({ class: "a", variant: "y", measures: auroc(0.6, 0.6) }),
      ],
      { variants: [variant("x", { label: "<X>", notes: ["shortened to 10 steps (of 20)"] }), variant("y")] },
    ),
  );
  expect(section(markdown, "Image AUROC (%), tiny")).toEqual([
    "One seed.",
    "| Class | \\<X\\><sup>a</sup> | \\<X\\>, best snapshot on test (oracle)<sup>a,b</sup> | y |",
    "| :-- | --: | --: | --: |",
    "| a | 50.0 | 90.0 | **60.0** |",
    "| **Average** | 50.0 | 90.0 | **60.0** |",
    "<sup>a</sup> shortened to 10 steps (of 20)  ",
    "<sup>b</sup> the best by image AUROC of 4 moments of training, chosen with the labels of the test images, hence out of competition",
  ]);
  expect(section(markdown, "Pixel AUROC (%), tiny")).toContain(
    "<sup>c</sup> does not look at 25.0 % of the pixels (12.5 % of those of defects), which its pixel measures leave out  ",
  );
});

test("several measures share a cell, each with its own best", async () => {
  const measures = (aupro: number, aupro5: number) => ({ image: {}, pixel: { aupro, aupro5 } });
  const { markdown } = await renderTables(
    results([
      cell({ class: "a", variant: "x", measures: measures(0.9, 0.5) }),
      cell({ class: "a", variant: "y", measures: measures(0.8, 0.6) }),
    ]),
  );
  expect(section(markdown, "AUPRO to 30 % / AUPRO to 5 % (%), tiny")).toContain(
    "| a | **90.0** / 50.0 | 80.0 / **60.0** |",
  );
});

describe("published figures", () => {
  const mpdd = results([cell({ class: "tubes", variant: "x", measures: auroc(0.99, 0.98) })], {
    suite: { id: "mpdd", classes: ["tubes"] },
  });

  test("stand beside a class's, in italics, never in bold, with their origin", async () => {
    const { markdown } = await renderTables(mpdd);
    const lines = section(markdown, "Image AUROC (%), tiny");
    expect(lines).toContain(
      "| tubes | 99.0 | 93.4 | 99.2 | 98.1 | 95.6 | 73.1 | 59.7 | 94.7 | 97.5 | 99.7 | 99.7 | 99.6 |",
    );
    expect(lines[1]).toMatch(
      /^\| Class \| x \| \*DMAD\*<sup>a<\/sup> \|.*\*RSAD\*<sup>e<\/sup> \| \*PBAS\*<sup>f<\/sup> \|$/,
    );
    expect(lines).toContain(
      "<sup>e</sup> RSAD paper, tables 2 and 3; models: one per class; checkpoint: not known  ",
    );
  });

  test("stand below the averages, with what they rest on", async () => {
    const lines = section((await renderTables(mpdd)).markdown, "Beside published figures (%)");
    expect(lines).toContain(
      "| x | 99.0 | 98.0 | – | one per class | last | this run |".replace("–", "–<sup>a</sup>"),
    );
    expect(lines).toContain(
      "| *GLASS* | 99.6 | 99.4 | – | one per class | chosen on the test set | GLASS repository |",
    );
  });

  test("a suite on which nothing is published has none", async () => {
    expect((await renderTables(two)).markdown).not.toContain("published");
  });
});

describe("an ablation", () => {
  const of = (kind: "none" | "linear" | "mona", aligner: number) => ({
    variant: variant(kind, {
      sweep: "aligner",
      recipe: recipe("paper", kind === "mona" ? {} : { aligner: { kind } }),
    }),
    cell: cell({
      class: "a",
      variant: kind,
      measures: auroc(0.5),
      parameters: { aligner, discriminator: 7 },
    }),
  });
  const variants = [of("none", 0), of("linear", 5000), of("mona", 300)];

  test("has a table a group, in the shape of the paper's table 5, and the paper's figures below", async () => {
    const { markdown } = await renderTables(
      results(
        variants.map((each) => each.cell),
        { variants: variants.map((each) => each.variant) },
      ),
    );
    const lines = section(markdown, "Aligner (%), tiny");
    expect(lines[1]).toBe(
      "| Variant | Parameters of the aligner | Aligner / backbone | I-AUROC | P-AUROC | AUPRO |",
    );
    expect(lines).toContain("| linear | 5,000 | 2.50 % | **50.0** | –<sup>a</sup> | –<sup>a</sup> |");
    expect(lines).toContain("| *Mona*<sup>b,c</sup> | – | 1.65 % | 98.3 | 98.7 | – |");
    expect(markdown).toContain("Shares of the backbone are of its 200,000 parameters up to the last tap.");
    expect(markdown).not.toContain("Averages over the classes (%)");
  });

  test("of the number of images says how many were trained on", async () => {
    const curve = [5, 20].map((trained) => ({
      variant: variant(`n${trained}`, { sweep: "training images", trainImages: trained }),
      cell: cell({ class: "a", variant: `n${trained}`, measures: auroc(0.5), trained }),
    }));
    const { markdown } = await renderTables(
      results(
        curve.map((each) => each.cell),
        { variants: curve.map((each) => each.variant) },
      ),
    );
    const lines = section(markdown, "Training images (%), tiny");
    expect(lines[1]).toBe("| Variant | Trained images | I-AUROC | P-AUROC | AUPRO |");
    expect(lines[3]).toMatch(/^\| n5 \| 5 \| \*\*50.0\*\* \|/);
  });
});

describe("the CSV file", () => {
  test("has a line a cell with everything at full precision", async () => {
    const name = 'a,"b"\nc';
    const { csv } = await renderTables(
      results([cell({ class: name, variant: "x", measures: auroc(1 / 3), parameters: { aligner: 3 } })], {
        variants: [variant("x", { notes: ["one", "two"] })],
      }),
    );
    const [line, ...others] = csvParse(csv);
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      class: name,
      backbone: BACKBONE.name,
      seed: "1",
      image_auroc: "0.3333333333333333",
      pixel_auroc: "",
      oracle_image_auroc: "",
      parameters_aligner: "3",
      notes: "one; two",
    });
  });

  test("does not depend on how long anything took", async () => {
    const slow = two.cells.map((each) => ({
      ...each,
      peakBytes: 1,
      seconds: { features: 9, training: 9, evaluation: 9, inspection: 9 },
    }));
    const again = await renderTables({ ...two, cells: slow });
    const first = await renderTables(two);
    expect(again.csv).toBe(first.csv);
    expect(again.markdown).not.toBe(first.markdown);
  });
});

test("what a variant costs is told with its sweep where there are several", async () => {
  const sweeps = [undefined, "layers", "neighbourhood"];
  const { markdown } = await renderTables(
    results(
      sweeps.map((_, i) => cell({ class: "a", variant: `v${i}`, measures: auroc(0.5, 0.5) })),
      { variants: sweeps.map((sweep, i) => variant(`v${i}`, { label: "2", ...(sweep && { sweep }) })) },
    ),
  );
  const rows = section(markdown, "Time and memory").slice(-3);
  expect(rows.map((row) => row.split(" | ")[0])).toEqual(["| 2", "| layers: 2", "| neighbourhood: 2"]);
});
