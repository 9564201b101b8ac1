import type { PathAgreement, Verification } from "../deployment/index.ts";
import { RsadError } from "../errors.ts";
import { table } from "./table.ts";

/** One line: how far the ways to a score are apart at most. */
export function describeVerification({ images, paths }: Verification): string {
  const judged = paths.filter(({ tolerance }) => tolerance !== undefined);
  const greatest = Math.max(...judged.map(({ score }) => score));
  return `${judged.map(({ path }) => path).join(", ")}: scores within ${apart(greatest)} standard deviations (${images} images)`;
}

/** One row for each way to a score. */
export function verificationTable({ paths }: Verification): string {
  return table([
    ["way to the score", "score", "map", "accepted of each", "verdicts that differ", ""],
    ...paths.map(({ path, score, map, tolerance, verdicts, agrees }) => [
      path,
      apart(score),
      apart(map),
      tolerance === undefined ? "-" : `${tolerance.score}, ${tolerance.map}`,
      String(verdicts),
      tolerance === undefined ? "not judged" : agrees ? "agrees" : "DISAGREES",
    ]),
  ]);
}

/** RSAD_PATHS_DISAGREE for the first way that is too far from the model's own graph; undefined where none is. */
export function disagreement({ paths, deviation }: Verification, model: string): RsadError | undefined {
  const wrong = paths.find(({ agrees }) => agrees === false);
  return wrong && disagree(wrong, deviation, model);
}

/** Throws what {@link disagreement} gives. */
export function checkAgreement(verification: Verification, model: string): void {
  const error = disagreement(verification, model);
  if (error !== undefined) throw error;
}

function disagree(
  { path, score, map, misjudged, tolerance }: PathAgreement,
  deviation: number,
  model: string,
): RsadError {
  return new RsadError("RSAD_PATHS_DISAGREE", {
    subject: `the ${path} of ${model}`,
    expected: `scores within ${tolerance!.score} and maps within ${tolerance!.map} standard deviations (of ${deviation.toPrecision(4)})`,
    received: misjudged
      ? "a verdict or p-value that the model's thresholds do not make of its score"
      : `scores ${apart(score)} and maps ${apart(map)} apart`,
    hint: "Do not use that way with this model, and please report it: both were given the same pixels.",
  });
}

function apart(difference: number): string {
  return difference === 0 ? "0" : difference.toPrecision(2);
}
