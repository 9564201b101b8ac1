// The ratios of docs/benchmarks.md from one command: `node bench/ratios.mjs --help`, after `npm run build`.
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { nodeRuntime } from "../dist/graph/index.js";
import { parseBackbone } from "../dist/index.js";
import { describeMachine } from "./machine.mjs";
import { wholeNumber } from "./options.mjs";
import * as anomalib from "./ratios/anomalib.mjs";
import * as inspection from "./ratios/inspection.mjs";
import { BUILT } from "./ratios/models.mjs";
import { withSection } from "./ratios/section.mjs";
import * as startUp from "./ratios/start-up.mjs";
import * as training from "./ratios/training.mjs";
import * as trainingSteps from "./ratios/training-steps.mjs";

const PARTS = { "training-steps": trainingSteps, training, inspection, "start-up": startUp, anomalib };
const DOCUMENT = fileURLToPath(new URL("../docs/benchmarks.md", import.meta.url));

const options = new Command("ratios")
  .description(
    "Measures rsad's speed as ratios and writes them into docs/benchmarks.md, and as JSON beside the models.",
  )
  .requiredOption(
    "--data <dirs...>",
    "data sets in the MVTec layout; all parts use the first, anomalib's all",
  )
  .requiredOption("--backbone <file>", "as `rsad train` has it, beside the embedded one")
  .option(
    "--python <path>",
    "a Python with torch, numpy and onnx, and anomalib; without it they are left out",
  )
  .option("--work <dir>", "where models and results stay for later runs", join(tmpdir(), "rsad-ratios"))
  .option("--only <parts>", `of ${Object.keys(PARTS)}, separated by commas; the others keep their results`)
  .option("--threads <n>", "of the runtime and of PyTorch", wholeNumber, 2)
  .option("--rounds <n>", "turns that the sides take", wholeNumber, 5)
  .option("--training-runs <n>", "whole trainings with each backbone", wholeNumber, 3)
  .option(
    "--anomalib-minutes <n>",
    "that anomalib trains at most, unless ours takes a third of it",
    wholeNumber,
    10,
  )
  .parse()
  .opts();

const only = options.only?.split(",") ?? Object.keys(PARTS);
const unknown = only.find((name) => !Object.hasOwn(PARTS, name));
if (unknown !== undefined) throw new Error(`No part ${unknown}; there are ${Object.keys(PARTS)}`);

const { threads } = options;
const built = (await stat(BUILT)).mtimeMs;
const work = resolve(options.work);
const resultsFile = join(work, "ratios.json");
await mkdir(work, { recursive: true });
const data = options.data.map((folder) => resolve(folder));
/** Stands for the data sets, by their places, and the backbone, by its bytes. */
const inputs = createHash("sha256")
  .update(JSON.stringify(data))
  .update(await readFile(options.backbone))
  .digest("hex")
  .slice(0, 12);
const models = join(work, inputs);
await mkdir(models, { recursive: true });
const runtime = nodeRuntime({ threads });
const spec = await parseBackbone(options.backbone);
const context = {
  ...options,
  data,
  runtime,
  models,
  backbones: [
    { kind: "embedded", name: "embedded", file: "embedded", spec: { kind: "embedded" } },
    { kind: "given", name: basename(options.backbone).replace(/\.\w+$/, ""), file: options.backbone, spec },
  ],
  say: (text) => process.stderr.write(`${text}\n`),
};

let results = await earlierResults();
for (const name of only) {
  const scratch = await mkdtemp(join(tmpdir(), "rsad-ratios-"));
  try {
    const { versions = {}, ...found } = await PARTS[name].measure({ ...context, scratch });
    await keep(name, versions, { title: PARTS[name].title, built, ...found });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Those of the same machine, versions, threads, data sets and backbone. */
async function earlierResults() {
  const machine = await describeMachine();
  const fresh = { machine, settings: { threads }, inputs, versions: {}, parts: {} };
  const text = await readFile(resultsFile, "utf8").catch(() => undefined);
  if (text === undefined) return fresh;
  const earlier = JSON.parse(text);
  const about = ({ machine, settings, inputs }) => JSON.stringify([machine, settings, inputs]);
  return about(earlier) === about(fresh) ? earlier : fresh;
}

/** After every part, so that nothing is lost where a later one fails. */
async function keep(name, versions, part) {
  const parts = { ...results.parts, [name]: part };
  results = { ...results, versions: { ...results.versions, ...versions }, parts };
  await writeFile(resultsFile, `${JSON.stringify(results, undefined, 2)}\n`);
  const inOrder = Object.keys(PARTS).flatMap((key) => (Object.hasOwn(parts, key) ? [parts[key]] : []));
  const document = await readFile(DOCUMENT, "utf8");
  await writeFile(DOCUMENT, withSection(document, { ...results, built, parts: inOrder }));
}
