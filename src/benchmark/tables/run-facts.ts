import { range } from "../../format.ts";
import { distinctFailures, withOthers } from "../distinct-failures.ts";
import type { BenchmarkResults, CellResult } from "../results.ts";

/** What was run on what, in sentences; what went wrong comes last. */
export function runFacts(results: BenchmarkResults): string[] {
  return [...howRun(results), ...imageCounts(results), ...whatIsOdd(results)];
}

/** With which software, seeds and networks. */
export function howRun({ backbones, seeds, cells }: BenchmarkResults): string[] {
  return [
    ...new Set(cells.map(madeWith)),
    seeds.length === 1 ? `Seed ${seeds[0]}.` : `Seeds ${seeds.join(", ")}.`,
    ...backbones.map(
      ({ name, taps, sha256 }) =>
        `Backbone ${name}: taps ${taps.join(", ")}, SHA-256 ${sha256.slice(0, 16)}….`,
    ),
  ];
}

/** What differs from the data set's publication, and what failed. */
export function whatIsOdd({ suite, failures }: BenchmarkResults): string[] {
  return [
    ...suite.findings.map((finding) => `Data: ${finding}`),
    ...distinctFailures(failures).map(({ first, others }) => {
      const { class: name, backbone, variant, seed, code, message } = first;
      return `Failed: ${withOthers(`${name}, ${backbone}, ${variant}, seed ${seed}`, others)}: ${code}, ${message}`;
    }),
  ];
}

function madeWith({ environment }: CellResult): string {
  const { rsad, onnxruntime, node, platform, arch, threads } = environment;
  const each = threads === 1 ? "1 thread" : `${threads} threads`;
  return `rsad ${rsad}, ONNX Runtime ${onnxruntime}, Node ${node}, ${platform} ${arch}, ${each} a cell.`;
}

function imageCounts({ suite, cells }: BenchmarkResults): string[] {
  return suite.classes.flatMap((name) => {
    const counts = cells.filter((cell) => cell.class === name).map(({ counts }) => counts);
    if (counts.length === 0) return [];
    const of = (count: (each: CellResult["counts"]) => number) => range(counts.map(count));
    return `${name}: ${of(({ train }) => train)} good images to train on, ${of(({ testGood }) => testGood)} good and ${of(({ testDefect }) => testDefect)} defective ones to test.`;
  });
}
