import { BROWSER, type PathAgreement, type Verification } from "../deployment/index.ts";
import { RsadError } from "../errors.ts";
import { counted } from "../format.ts";
import { table } from "./table.ts";

/** One line: how far the ways to a score are apart at most. */
export function describeVerification({ images, paths }: Verification): string {
  const greatest = Math.max(...paths.map(({ score }) => score));
  return `${paths.map(({ path }) => path).join(", ")}: scores within ${apart(greatest)} standard deviations (${images} images)`;
}

/** One row for each way to a score. */
export function verificationTable({ paths }: Verification): string {
  return table([
    ["way to the score", "score", "map", "accepted of each", "verdicts that differ", ""],
    ...paths.map(({ path, score, map, tolerance, verdicts, agrees }) => [
      path,
      apart(score),
      apart(map),
      `${tolerance.score}, ${tolerance.map}`,
      String(verdicts),
      agrees ? "agrees" : "DISAGREES",
    ]),
  ]);
}

/** What an int8 model is like in browsers, in a sentence; undefined of others. */
export function describeRounding({ precision, paths, images }: Verification): string | undefined {
  const browser = paths.find(({ path }) => path === BROWSER);
  if (precision !== "int8" || browser === undefined) return undefined;
  const { score, verdicts } = browser;
  return `int8: a browser rounds otherwise than Node, and scores by up to ${apart(score)} standard deviations of good images' scores otherwise (${counted(images, "image")}, ${counted(verdicts, "other verdict")}). Close to a threshold its verdict may be another; in fp16 it is the same.`;
}

/** RSAD_PATHS_DISAGREE for the first way that is too far from the model's own graph; undefined where none is. */
export function disagreement({ paths, deviation }: Verification, model: string): RsadError | undefined {
  const wrong = paths.find(({ agrees }) => !agrees);
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
    expected: `scores within ${tolerance.score} and maps within ${tolerance.map} standard deviations (of ${deviation.toPrecision(4)})`,
    received: misjudged
      ? "a verdict or p-value that the thresholds do not make of its score"
      : `scores ${apart(score)} and maps ${apart(map)} apart`,
    hint: "Do not use it with this model. A form in a file is written anew by rsad export; anything else please report: both were given the same pixels.",
  });
}

function apart(difference: number): string {
  return difference === 0 ? "0" : difference.toPrecision(2);
}
