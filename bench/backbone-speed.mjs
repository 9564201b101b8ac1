// How fast the prefix of wide_resnet50_2 runs that `rsad` builds (layer2 and layer3, random weights), compared with the same
// prefix exported by PyTorch, in the same runtime, and with PyTorch itself: after `npm run build`,
// node bench/backbone-speed.mjs --python PATH, a Python with torch and torchvision.
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { RESNETS } from "../dist/backbones/architectures/resnet.js";
import { table } from "../dist/cli/table.js";
import { encodeModel, float32, Graph, nodeRuntime } from "../dist/graph/index.js";
import { Random } from "../dist/random.js";
import { wholeNumber } from "./options.mjs";
import { startPython } from "./python.mjs";
import { spread, times } from "./spread.mjs";
import { takeTurns } from "./turns.mjs";

const SCRIPT = new URL("backbone-speed.py", import.meta.url);
const SIDE = 224;
/** Runs in one turn, after one that does not count, by the size of the batch. */
const COUNTS = { 1: 5, 8: 2 };
/** Ours in proportion to the other: at most so much time as the exported graph, at least so much faster than PyTorch. */
const EXPORTED_BAR = 1.03;
const PYTORCH_BAR = 1.25;

const { threads, rounds, python } = new Command("backbone-speed")
  .option("--threads <n>", "threads of the runtime and of PyTorch", wholeNumber, 2)
  .option("--rounds <n>", "times that everything is measured", wholeNumber, 12)
  .option("--python <path>", "a Python with torch and torchvision", "python3")
  .parse()
  .opts();
const runtime = nodeRuntime({ threads });
const folder = await mkdtemp(join(tmpdir(), "rsad-bench-"));
const closing = [() => rm(folder, { recursive: true })];
try {
  // Writes batch1.onnx and batch8.onnx; fails where this Python cannot.
  const exporting = spawnSync(python, [fileURLToPath(SCRIPT), String(threads), folder], { stdio: "ignore" });
  const pytorch =
    exporting.status === 0 ? await startPython({ python, script: SCRIPT, args: [threads] }) : undefined;
  if (pytorch === undefined)
    console.log(`${python} does not run torch and torchvision: what needs them is left out`);
  else closing.push(pytorch.close);
  for (const batch of Object.keys(COUNTS).map(Number)) {
    // The first run of a turn does not count.
    const turn = (run) => async () => (await run(COUNTS[batch] + 1)).slice(1);
    const contenders = [{ name: "rsad", measure: turn(await openSession(build(batch), batch)) }];
    if (pytorch !== undefined) {
      const model = await readFile(join(folder, `batch${batch}.onnx`));
      contenders.push({ name: "exported", measure: turn(await openSession(model, batch)) });
      contenders.push({
        name: `PyTorch ${pytorch.first}`,
        measure: turn((count) => pytorch.ask(`${batch} ${count}`)),
      });
    }
    print(batch, await takeTurns(contenders, rounds));
  }
} finally {
  for (const close of closing.reverse()) await close();
}

function build(batch) {
  const random = new Random(0);
  const weights = {
    tensor(name, shape) {
      const values = new Float32Array(shape.reduce((product, dim) => product * dim, 1));
      const [out, , kernel] = shape;
      if (shape.length > 1) return random.fillNormal(values, Math.sqrt(2 / (out * kernel * kernel)));
      return values.fill(/\.(weight|running_var)$/.test(name) ? 1 : 0);
    },
  };
  const architecture = RESNETS.find(({ name }) => name === "wide_resnet50_2");
  const graph = new Graph();
  const image = graph.input("image", "float32", [batch, 3, SIDE, SIDE]);
  const taps = architecture.load(weights, architecture.defaultTaps).build(image);
  for (const [i, tap] of taps.entries()) graph.output(architecture.defaultTaps[i], tap);
  return encodeModel(graph);
}

async function openSession(model, batch) {
  const session = await runtime.open(model);
  closing.push(() => session.close());
  const dims = [batch, 3, SIDE, SIDE];
  const image = float32(new Random(1).fillNormal(new Float32Array(batch * 3 * SIDE * SIDE)), dims);
  return (count) => times(count, () => session.run({ [session.inputs[0]]: image }));
}

function print(batch, turns) {
  const ours = turns.rsad;
  const format = (value) => (value / batch).toFixed(1);
  const ratios = (other) => spread(other.map((time, round) => time / ours[round]));
  const rows = Object.entries(turns).map(([name, taken]) => {
    const { min, median, max } = spread(taken);
    return [name, `${format(median)} (${format(min)} to ${format(max)})`, ratios(taken).median.toFixed(3)];
  });
  console.log(
    `\nBatch ${batch}, ${SIDE} x ${SIDE}, ${threads} threads, ${rounds} rounds: median (minimum to maximum)\n`,
  );
  console.log(table([["", "ms an image", "times ours"], ...rows]));
  for (const [name, taken] of Object.entries(turns).slice(1)) {
    const bar = name === "exported" ? 1 / EXPORTED_BAR : PYTORCH_BAR;
    const ratio = ratios(taken).median;
    console.log(`${name}: at least ${bar.toFixed(3)} times ours: ${ratio >= bar ? "met" : "MISSED"}`);
  }
}
