// Speed and memory: `npm run bench`, or `node bench/run.mjs --help` after `npm run build`.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeRuntime } from "../dist/graph/index.js";
import { parseBackbone } from "../dist/index.js";
import { openBackboneRun, openInspection, SIDE } from "./inspection.mjs";
import { describeMachine } from "./machine.mjs";
import { openMatmul, SHAPE } from "./matmul.mjs";
import { backboneArguments, parseOptions } from "./options.mjs";
import { trainingMemory } from "./peak-memory.mjs";
import { printReport } from "./print.mjs";
import { measureRounds } from "./rounds.mjs";
import { writeImages } from "./synthetic.mjs";
import { openTraining } from "./training-step.mjs";

const STEP_BAR = 0.65;
const MEMORY_BAR = 1.5 * 2 ** 30;
const IMAGES = 12;

const options = parseOptions();
const { threads, rounds, memorySteps } = options;
const { taps, channels, scale, mean, std } = options;
const spec = await parseBackbone(options.backbone, { taps, channels, scale, mean, std });
const say = (text) => process.stderr.write(`${text}\n`);

const scratch = await mkdtemp(join(tmpdir(), "rsad-bench-"));
try {
  const figures = await measureSpeed();
  const memory = await measureMemory();
  const report = { machine: await describeMachine(), settings: { threads, rounds }, figures, memory };
  if (options.json) console.log(JSON.stringify(report, undefined, 2));
  else printReport(report);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function measureSpeed() {
  say("preparing");
  const runtime = nodeRuntime({ threads });
  const data = join(scratch, "data");
  const samples = await writeImages(data, IMAGES, SIDE);
  const training = (name, steps) =>
    openTraining({ name, steps, samples, folder: join(scratch, name), runtime });
  const matmul = await openMatmul(runtime);
  const paper = await training("paper", 3);
  const standard = await training("noise", 10);
  const backbone = await openBackboneRun({ spec, runtime });
  const inspection = await openInspection({ spec, data, folder: join(scratch, "model"), runtime, threads });
  const opened = [matmul, paper, standard, backbone, inspection];
  try {
    return await measureRounds(
      { ...matmul, name: `MatMul ${SHAPE.join(" x ")}` },
      [
        { ...paper, name: "training step, recipe paper", bar: STEP_BAR },
        { ...standard, name: "training step, recipe noise" },
        { ...backbone, name: `backbone ${backbone.name}, ${SIDE} x ${SIDE}`, count: 10 },
        { ...inspection, name: `inspection with it, ${SIDE} x ${SIDE}`, count: 10 },
      ],
      rounds,
      (round) => say(`round ${round + 1} of ${rounds}`),
    );
  } finally {
    for (const { close } of opened) await close();
  }
}

async function measureMemory() {
  const memory = [];
  for (const name of ["noise", "paper"]) {
    say(`memory of training, recipe ${name}`);
    const request = {
      folder: scratch,
      data: options.data ?? join(scratch, "data"),
      name,
      steps: memorySteps,
      threads,
    };
    const bytes = await trainingMemory({ ...request, backboneArguments: backboneArguments(options) });
    memory.push({
      name: `training on ${options.data ?? "generated images"}, recipe ${name}`,
      bytes,
      bar: MEMORY_BAR,
    });
  }
  return memory;
}
