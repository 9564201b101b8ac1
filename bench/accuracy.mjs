// Trains and evaluates on one data set with several seeds: `node bench/accuracy.mjs DIR --help`, after `npm run build`.
// Last step only, every seed counted. Prints a line for each seed and a Markdown row of means and sample deviations.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Command } from "commander";
import {
  evaluateModel,
  load,
  meanAndDeviation,
  openDataset,
  parseBackbone,
  recipe,
  train,
} from "../dist/index.js";
import { multiplyFeatures } from "./multiply-features.mjs";

const program = new Command("accuracy")
  .argument("<dir>", "a data set in the MVTec layout")
  .option("--seeds <count>", "seeds 0, 1, ...", "3")
  .option("--recipe <name>", "noise or paper", "noise")
  .option("--set <field=json...>", "recipe fields to change, values as JSON", [])
  .option("--backbone <name|file>", "as rsad train has it; the embedded network if left out")
  .option("--architecture <name>")
  .option("--taps <names>")
  .option("--channels <order>")
  .option("--scale <factor>")
  .option("--mean <values>")
  .option("--std <values>")
  .option("--gain <factor>", "multiply all features of the backbone beforehand")
  .option("--threads <count>", "threads of the runtime")
  .parse();
const [folder] = program.args;
const options = program.opts();

const overrides = options.set.map((setting) => {
  const at = setting.indexOf("=");
  return [setting.slice(0, at), JSON.parse(setting.slice(at + 1))];
});
const settings = recipe(options.recipe, Object.fromEntries(overrides));
const { architecture, taps, channels, scale, mean, std } = options;
const flags = { architecture, taps, channels, scale, mean, std };
const given = await parseBackbone(options.backbone, flags);
const threads = options.threads === undefined ? undefined : Number(options.threads);

const dataset = await openDataset(resolve(folder));
const scratch = await mkdtemp(join(tmpdir(), "rsad-accuracy-"));
const backbone =
  options.gain === undefined
    ? given
    : await multiplyFeatures(given, {
        size: settings.preprocessing.size,
        factor: Number(options.gain),
        file: join(scratch, "multiplied.onnx"),
      });
const rows = [];
try {
  for (let seed = 0; seed < Number(options.seeds); seed++) rows.push(await measure(seed));
} finally {
  await rm(scratch, { recursive: true, force: true });
}
const cell = (name, digits) => {
  const { mean: average, deviation } = meanAndDeviation(rows.map((row) => row[name]));
  return deviation === undefined
    ? average.toFixed(digits)
    : `${average.toFixed(digits)} ± ${deviation.toFixed(digits)}`;
};
console.log("\n| seeds | image AUROC | pixel AUROC | AUPRO | training, s |\n| --- | --- | --- | --- | --- |");
console.log(
  `| ${rows.length} | ${cell("image", 2)} | ${cell("pixel", 2)} | ${cell("aupro", 1)} | ${cell("seconds", 0)} |`,
);

async function measure(seed) {
  const start = performance.now();
  const { modelPath } = await train({
    data: resolve(folder),
    output: join(scratch, "model.onnx"),
    // Features do not depend on the seed: they are computed once and kept.
    featuresDir: join(scratch, "features"),
    recipe: settings,
    backbone,
    seed,
    threads,
  });
  const seconds = (performance.now() - start) / 1000;
  const model = await load(modelPath, { threads });
  const evaluation = await evaluateModel(model, dataset);
  await model.close();
  const percent = (value) => 100 * (value ?? Number.NaN);
  const row = {
    seed,
    image: percent(evaluation.image.auroc),
    pixel: percent(evaluation.pixel?.auroc),
    aupro: percent(evaluation.pixel?.aupro),
    seconds,
  };
  const types = evaluation.types.map(({ type, imageAuroc }) => `${type} ${percent(imageAuroc).toFixed(1)}`);
  console.log(JSON.stringify(row), types.join(", "), JSON.stringify(evaluation.atThreshold ?? {}));
  return row;
}
