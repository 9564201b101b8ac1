import { describe, expect, test } from "vitest";
import { type PublishedMeasures, type PublishedResult, publishedResults } from "./index.ts";

const SUITES = ["mpdd", "mvtec", "visa", "pcb-bank"];
const PAPER = publishedResults("mpdd").filter(({ source }) =>
  source.startsWith("RSAD paper, tables 2 and 3"),
);

/** The average of a method's classes minus the one that is printed. */
function gap({ mean, classes }: PublishedResult, measure: keyof PublishedMeasures): number {
  const values = Object.values(classes!).map((measures) => measures[measure]!);
  return values.reduce((sum, value) => sum + value, 0) / values.length - mean[measure]!;
}

describe("the paper's tables 2 and 3", () => {
  test("ten methods in the paper's order, its own last", () => {
    expect(PAPER.map(({ method }) => method)).toEqual(
      "DMAD DDAD GLAD MemKD CFLOW PatchCore DRAEM RealNet DiffusionAD RSAD".split(" "),
    );
    expect(PAPER.at(-1)!.classes).toMatchObject({
      bracket_black: { imageAuroc: 94.3, pixelAuroc: 98.9 },
      bracket_brown: { imageAuroc: 99.7, pixelAuroc: 96.2 },
      tubes: { imageAuroc: 99.7, pixelAuroc: 99.2 },
    });
  });

  test("every average is that of its classes, but for RealNet's, which says so", () => {
    const wrong = PAPER.filter((result) =>
      (["imageAuroc", "pixelAuroc"] as const).some((measure) => Math.abs(gap(result, measure)) > 0.051),
    );
    expect(wrong.map(({ method, note }) => [method, note?.includes("96.3")])).toEqual([["RealNet", true]]);
  });
});

test("PBAS's averages on MPDD are those of its classes", () => {
  const pbas = publishedResults("mpdd").find(({ method }) => method === "PBAS")!;
  for (const measure of ["imageAuroc", "pixelAuroc", "aupro"] as const) {
    expect(Math.abs(gap(pbas, measure))).toBeLessThan(0.051);
  }
});

test.each(SUITES)("%s: percentages, a source each, nothing twice", (suite) => {
  const results = publishedResults(suite);
  for (const { method, mean, source, classes = {} } of results) {
    for (const value of [mean, ...Object.values(classes)].flatMap((measures) => Object.values(measures))) {
      expect(value, method).toBeGreaterThan(50);
      expect(value, method).toBeLessThanOrEqual(100);
    }
    expect(Object.keys(mean), method).not.toEqual([]);
    expect(source, method).not.toBe("");
  }
  const names = results.map(({ method, protocol, source }) => [method, protocol, source].join());
  expect(new Set(names).size).toBe(names.length);
});

test.each(["custom", "toString"])("nothing is published on the suite %s", (suite) => {
  expect(publishedResults(suite)).toEqual([]);
});
