// How fast training steps are, compared with the same steps in PyTorch's eager mode: after `npm run build`,
// node bench/training-step-speed.mjs --python PATH, a Python with torch and numpy.
//
// A step is what training really takes: see training-step.mjs and training-step-pytorch.py. Both read the same file of
// features, draw their own noise, and compute the same losses, all gradients and Adam.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { table } from "../dist/cli/table.js";
import { nodeRuntime } from "../dist/graph/index.js";
import { scalingMoments } from "../dist/training/scaling.js";
import { describeMachine } from "./machine.mjs";
import { wholeNumber } from "./options.mjs";
import { median, spread } from "./spread.mjs";
import { writeImages } from "./synthetic.mjs";
import { openTraining } from "./training-step.mjs";
import { startPytorch } from "./training-step-pytorch.mjs";

/** Of PyTorch's rate. */
const BAR = 0.8;
const IMAGES = 12;

/** The discriminator 1536-1024-512-1 and nothing before it, on `rows` rows, half of them noised. */
const discriminator = (rows, batch, size) => ({
  title: `discriminator, ${rows.toLocaleString("en")} rows`,
  name: "paper",
  changes: {
    preprocessing: { fit: "stretch", size },
    aligner: { kind: "none" },
    scaling: "none",
    batch,
  },
  levels: [{ channels: 1536, stride: 8 }],
});

const STEPS = {
  small: { ...discriminator(1536, 3, 128), steps: 6 },
  large: { ...discriminator(6272, 4, 224), steps: 3 },
  paper: { title: "recipe paper, 6,272 rows", name: "paper", steps: 3 },
  noise: { title: "recipe noise, 1,024 rows", name: "noise", steps: 10 },
};

const options = new Command("training-step-speed")
  .option("--threads <n>", "threads of the runtime and of PyTorch", wholeNumber, 2)
  .option("--rounds <n>", "times that everything is measured", wholeNumber, 5)
  .option("--steps <names>", `of ${Object.keys(STEPS)}, separated by commas`, Object.keys(STEPS).join())
  .option("--python <path>", "a Python with torch and numpy", "python3")
  .parse()
  .opts();
const { threads, rounds, python } = options;
const runtime = nodeRuntime({ threads });
const scratch = await mkdtemp(join(tmpdir(), "rsad-bench-"));
const closing = [() => rm(scratch, { recursive: true, force: true })];
try {
  const ours = await openOurs();
  const pytorch = await startPytorch({ python, threads, steps: await describe(ours) });
  if (pytorch === undefined) console.log(`${python} does not run torch and numpy: PyTorch is left out`);
  else closing.push(pytorch.close);
  await print(ours, pytorch, await measure(ours, pytorch));
} finally {
  for (const close of closing.reverse()) await close();
}

async function openOurs() {
  const ours = {};
  for (const key of options.steps.split(",")) {
    const samples = await writeImages(join(scratch, "data"), IMAGES, 256);
    ours[key] = await openTraining({ ...STEPS[key], samples, folder: join(scratch, key), runtime });
    closing.push(ours[key].close);
  }
  return ours;
}

/** What PyTorch's side has to know of each step. */
async function describe(ours) {
  const steps = {};
  for (const [key, { store, settings }] of Object.entries(ours)) {
    const images = Array.from({ length: IMAGES }, (_, i) => i);
    const moments = scalingMoments(settings.scaling, await store.statistics(images), false);
    steps[key] = {
      features: join(scratch, key, "features.bin"),
      recordBytes: store.recordBytes,
      images: IMAGES,
      levels: store.levels,
      recipe: settings,
      scaling: moments && { mean: [...moments.mean], deviation: [...moments.deviation] },
    };
  }
  return steps;
}

/** By step, each round's median on either side. The sides take turns, in the opposite order in every other round. */
async function measure(ours, pytorch) {
  const taken = Object.fromEntries(Object.keys(ours).map((key) => [key, { ours: [], pytorch: [] }]));
  for (let round = 0; round < rounds; round++) {
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
    for (const [key, step] of Object.entries(ours)) {
      const sides = [["ours", () => step.measure()]];
      if (pytorch !== undefined) {
        // The first one warms up.
        sides.push(["pytorch", async () => (await pytorch.measure(key, STEPS[key].steps + 1)).slice(1)]);
      }
      for (const [side, run] of round % 2 === 0 ? sides : sides.toReversed()) {
        taken[key][side].push(median(await run()));
      }
    }
  }
  return taken;
}

async function print(ours, pytorch, taken) {
  const { cpu, cores, node, onnxruntime } = await describeMachine();
  console.log(`${cpu}, ${cores} cores; ${threads} threads, ${rounds} rounds`);
  console.log(
    `Node ${node}, ONNX Runtime ${onnxruntime}${pytorch ? `, PyTorch ${pytorch.version} eager` : ""}`,
  );
  const between = ({ min, median, max }, digits) =>
    `${median.toFixed(digits)} (${min.toFixed(digits)} to ${max.toFixed(digits)})`;
  const rows = Object.entries(taken).map(([key, { ours: mine, pytorch: theirs }]) => {
    const rate = (ours[key].flops / median(mine) / 1e6).toFixed(0);
    const left = [STEPS[key].title, between(spread(mine), 0), rate];
    if (theirs.length === 0) return left;
    const ratio = spread(theirs.map((time, round) => time / mine[round]));
    const verdict = ratio.median >= BAR ? "met" : "MISSED";
    return [...left, between(spread(theirs), 0), between(ratio, 2), verdict];
  });
  const right = pytorch ? ["PyTorch, ms", "of PyTorch's rate", `at least ${BAR}`] : [];
  console.log("\nMedian (minimum to maximum) over the rounds' medians\n");
  console.log(table([["", "ours, ms", "GFLOP/s", ...right], ...rows]));
  console.log(
    "\nThe first layer is linear: ours applies it to clean features and to noise apart and adds the results, so that with an " +
      "aligner its input\ngradient exists for the clean rows alone. PyTorch's takes it for both halves, as one writes it. Without an " +
      "aligner neither needs one.",
  );
}
