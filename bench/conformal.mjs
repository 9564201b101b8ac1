// Whether the false-reject rate that a threshold promises is kept: one model, trained on some good images of a data set, scores all
// others; these are divided many times into ones that calibrate and ones that are judged. With --balance the ones that calibrate also
// bring the parts of the score to one scale, as the held-out images of a training do.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { writeFileAtomic } from "../dist/files.js";
import { balanceOf } from "../dist/hybrid/balance.js";
import { MEASURED_IMAGES, MEASURED_PATCHES } from "../dist/hybrid/normal-patches.js";
import { decodeImage, load, openDataset, parseBackbone, recipe, train } from "../dist/index.js";
import { Random } from "../dist/random.js";
import { printRates, realisedRates } from "./false-reject.mjs";
import { describeMachine } from "./machine.mjs";
import { wholeNumber } from "./options.mjs";
import { partScores } from "./part-scores.mjs";

const options = parseOptions();
const say = (text) => process.stderr.write(`${text}\n`);

const scores = await scoreOthers();
const calibrating = options.calibrating ?? Math.floor(scores.length / 2);
if (calibrating >= scores.length)
  throw new Error(`There are ${scores.length} images beside the trained ones`);
const scoresBy = options.balance ? (images) => balancedScores(scores, images) : () => scores;
const rows = realisedRates({ ...options, count: scores.length, calibrating, scoresBy });
if (options.json) {
  console.log(JSON.stringify({ machine: await describeMachine(), options, rows }, undefined, 2));
} else printRates(rows);

function parseOptions() {
  return new Command("conformal")
    .description("Measures whether promised false-reject rates are kept, after `npm run build`.")
    .requiredOption("--data <dir>", "a data set with train/good and test/good")
    .option("--train <n>", "good images to train on", wholeNumber, 400)
    .option("--calibrating <n>", "of the others, images that calibrate (default: half)", wholeNumber)
    .addOption(
      new Option(
        "--balance",
        "let these balance the parts of the score, too; the score is the worst patch's then",
      ).conflicts("scores"),
    )
    .option("--splits <n>", "divisions of the others", wholeNumber, 200)
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
      recipe: recipe("default", { holdout: 0, "score.image": options.balance ? "patch" : "map" }),
      backbone: await parseBackbone(options.backbone),
      seed: options.seed,
      threads: options.threads,
      onProgress: everyTenth(),
    });
    const others = order.slice(options.train).map(({ path }) => path);
    if (options.balance) return await partScores(await readFile(modelPath), others, options);
    const found = await scoreAll(modelPath, others);
    if (options.scores) await writeFileAtomic(options.scores, JSON.stringify(found));
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function scoreAll(modelPath, paths) {
  const model = await load(modelPath, { threads: options.threads });
  try {
    const found = [];
    for (const path of paths) found.push((await model.score(await decodeImage(path))).score);
    return found;
  } finally {
    await model.close();
  }
}

/** Image scores of all images, the parts' medians and 99 % quantiles being those of the given ones. */
function balancedScores(parts, images) {
  const measured = images.slice(0, MEASURED_IMAGES);
  const balances = parts[0].map((_, part) => {
    const some = measured.flatMap((image) => {
      const values = parts[image][part];
      const order = new Random(options.seed, "measured-patches", image).permutation(values.length);
      return Array.from(order.subarray(0, MEASURED_PATCHES), (at) => values[at]);
    });
    return balanceOf(Float32Array.from(some), 0);
  });
  return parts.map((ofImage) => {
    let worst = Number.NEGATIVE_INFINITY;
    for (let patch = 0; patch < ofImage[0].length; patch++) {
      let sum = 0;
      for (const [part, { median, reach }] of balances.entries())
        sum += (ofImage[part][patch] - median) / reach;
      worst = Math.max(worst, sum);
    }
    return worst;
  });
}

function everyTenth() {
  let last = "";
  return ({ phase, done, total }) => {
    const tenth = `${phase} ${Math.floor((10 * done) / Math.max(total, 1))}0 %`;
    if (tenth !== last) say(tenth);
    last = tenth;
  };
}
