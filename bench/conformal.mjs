// Whether the false-reject rate that a threshold promises is kept: one model, trained on some good images of a data set, scores all
// others; these are divided many times into a half that calibrates and a half that is judged.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { betaBinomialInterval, conformalThreshold, falseRejectAt } from "../dist/calibration/index.js";
import { table } from "../dist/cli/table.js";
import { writeFileAtomic } from "../dist/files.js";
import { decodeImage, load, openDataset, parseBackbone, recipe, train } from "../dist/index.js";
import { Random } from "../dist/random.js";
import { describeMachine } from "./machine.mjs";
import { wholeNumber } from "./options.mjs";

const RATES = [0.01, 0.05, 0.1];

const options = parseOptions();
const say = (text) => process.stderr.write(`${text}\n`);

const scores = await scoreOthers();
const rows = RATES.map((rate) => measure(rate, scores));
if (options.json) {
  console.log(JSON.stringify({ machine: await describeMachine(), options, scores, rows }, undefined, 2));
} else print(rows);

function parseOptions() {
  return new Command("conformal")
    .description("Measures whether promised false-reject rates are kept, after `npm run build`.")
    .requiredOption("--data <dir>", "a data set with train/good and test/good")
    .option("--train <n>", "good images to train on", wholeNumber, 400)
    .option("--splits <n>", "divisions of the others in half", wholeNumber, 200)
    .option("--seed <n>", "where all random numbers start", wholeNumber, 0)
    .option("--threads <n>", "threads of the runtime", wholeNumber, 2)
    .option("--backbone <file>", "a name or a file, as rsad train takes it (default: embedded)")
    .option("--scores <file>", "keep the scores there, and take them from there if they are")
    .option("--json", "print one JSON document")
    .parse()
    .opts();
}

async function scoreOthers() {
  const kept = options.scores && (await readFile(options.scores, "utf8").catch(() => undefined));
  if (kept !== undefined) return JSON.parse(kept);
  const dataset = await openDataset(options.data);
  const good = [...dataset.train, ...dataset.test.filter(({ type }) => type === "good")];
  const order = Array.from(new Random(options.seed, "conformal").permutation(good.length), (i) => good[i]);
  const chosen = order.slice(0, options.train).sort((a, b) => (a.path < b.path ? -1 : 1));
  const folder = await mkdtemp(join(tmpdir(), "rsad-conformal-"));
  try {
    const { modelPath } = await train({
      data: { ...dataset, train: chosen },
      output: join(folder, "model.onnx"),
      recipe: recipe("default", { holdout: 0 }),
      backbone: await parseBackbone(options.backbone),
      seed: options.seed,
      threads: options.threads,
      onProgress: everyTenth(),
    });
    const found = await scoreAll(modelPath, order.slice(options.train));
    if (options.scores) await writeFileAtomic(options.scores, JSON.stringify(found));
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function scoreAll(modelPath, samples) {
  const model = await load(modelPath, { threads: options.threads });
  try {
    const found = [];
    for (const { path } of samples) found.push((await model.score(await decodeImage(path))).score);
    return found;
  } finally {
    await model.close();
  }
}

/** How often the images of one half are rejected by the threshold of the other, over all divisions. */
function measure(rate, all) {
  const half = Math.floor(all.length / 2);
  const realised = [];
  let inside = 0;
  let interval;
  for (let split = 0; split < options.splits; split++) {
    const order = new Random(options.seed, "conformal-split", split).permutation(all.length);
    const pick = (from, to) => Array.from(order.slice(from, to), (i) => all[i]);
    const calibrating = pick(0, half).sort((a, b) => a - b);
    const judged = pick(half, all.length);
    const { threshold, rank } = conformalThreshold(calibrating, rate);
    const rejected = judged.filter((score) => score >= threshold).length;
    realised.push(rejected / judged.length);
    interval = betaBinomialInterval(judged.length, half + 1 - rank, rank);
    if (rejected >= interval[0] && rejected <= interval[1]) inside++;
  }
  const mean = realised.reduce((sum, value) => sum + value, 0) / realised.length;
  const variance = realised.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (realised.length - 1);
  const error = Math.sqrt(variance / realised.length);
  const ascending = [...all].sort((a, b) => a - b).slice(0, half);
  const { promised } = falseRejectAt(ascending, conformalThreshold(ascending, rate).threshold);
  const kept = mean <= Math.max(rate, promised) + 2 * error && inside / options.splits >= 0.9;
  return {
    rate,
    promised,
    mean,
    error,
    interval,
    judged: all.length - half,
    inside: inside / options.splits,
    kept,
  };
}

function print(rows) {
  const percent = (share, digits = 2) => `${(100 * share).toFixed(digits)} %`;
  console.log(
    table([
      [
        "asked",
        "promised",
        "realised, mean",
        "standard error",
        "95 % of splits within",
        "splits inside",
        "kept",
      ],
      ...rows.map((row) => [
        percent(row.rate, 0),
        percent(row.promised),
        percent(row.mean),
        percent(row.error),
        `${row.interval.join(" to ")} of ${row.judged}`,
        percent(row.inside, 1),
        row.kept ? "yes" : "no",
      ]),
    ]),
  );
}

function everyTenth() {
  let last = "";
  return ({ phase, done, total }) => {
    const tenth = `${phase} ${Math.floor((10 * done) / Math.max(total, 1))}0 %`;
    if (tenth !== last) say(tenth);
    last = tenth;
  };
}
