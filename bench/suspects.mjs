// Plants defects among a data set's good images, ranks these, and trains on the clean, the planted and the mended set, after
// `npm run build`. All test sets lack the planted images. Two people mend it: one who knows the truth drops the defects among
// the first tenth of the ranking (an oracle), and one who does not look drops the first ones whatever they are.
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { evaluateModel, findSuspects, load, openDataset, parseBackbone, train } from "../dist/index.js";
import { wholeNumber } from "./options.mjs";
import { makePlantedSets } from "./planted-set.mjs";

const options = new Command("suspects")
  .description("Finds planted defects among good images, and trains without them, after `npm run build`.")
  .requiredOption("--data <dir>", "a data set in the layout of MVTec AD")
  .requiredOption("--out <dir>", "folder for the planted sets, rankings and models")
  .option("--share <n>", "share of the good images that are defects then", Number, 0.05)
  .option("--drop <n>", "share that is dropped without a look", Number, 0.05)
  .option("--seed <n>", "seed of the planting, the ranking and the trainings", Number, 0)
  .option("--threads <n>", "threads of the runtime", wholeNumber, 1)
  .option("--backbone <name|file>", "as rsad train has it (default: embedded)")
  .option("--only <runs>", "of clean, planted, oracle and first, separated by commas")
  .parse()
  .opts();
const { out, seed, threads } = options;
const SEEN = 0.1;

const planted = new Set(await makePlantedSets(await openDataset(resolve(options.data)), options));
const folder = (name) => join(out, name);
const backbone = await parseBackbone(options.backbone);
const { ranking, outlying } = await findSuspects({
  data: folder("planted"),
  backbone,
  seed,
  stateDir: join(out, "features"),
  threads,
});
const first = (share) => ranking.slice(0, Math.round(share * ranking.length)).map(({ name }) => name);
const found = (names) => names.filter((name) => planted.has(name));
for (const share of [0.025, 0.05, 0.1, 0.2]) {
  console.log(`first ${100 * share} %: ${found(first(share)).length} of ${planted.size} planted`);
}
console.log(
  `outlying: ${outlying}, of them planted: ${found(ranking.slice(0, outlying).map(({ name }) => name)).length}`,
);

const runs = {
  clean: { data: "clean", without: [] },
  planted: { data: "planted", without: [] },
  oracle: { data: "planted", without: found(first(SEEN)) },
  first: { data: "planted", without: first(options.drop) },
};
for (const [name, { data, without }] of Object.entries(runs)) {
  if (options.only !== undefined && !options.only.split(",").includes(name)) continue;
  const model = join(out, `${name}.onnx`);
  await train({
    data: folder(data),
    without,
    output: model,
    backbone,
    seed,
    threads,
  });
  const scorer = await load(model, { threads });
  const { image, pixel, atThreshold } = await evaluateModel(scorer, await openDataset(folder(data)));
  await scorer.close();
  const result = { name, dropped: without.length, image: image.auroc, pixel: pixel?.auroc, ...atThreshold };
  await writeFile(join(out, `${name}.json`), JSON.stringify(result, undefined, 2));
  console.log(JSON.stringify(result));
}
