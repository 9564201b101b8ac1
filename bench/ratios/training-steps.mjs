// A training step in PyTorch's eager mode beside ours.
//
// A step is what training really takes: see training-step.mjs, hybrid-step.mjs and training-steps.py. Both sides draw their own
// noise and compute the same losses, all gradients and Adam.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { scalingMoments } from "../../dist/training/scaling.js";
import { openHybridTraining } from "../hybrid-step.mjs";
import { hasModules, startPython } from "../python.mjs";
import { writeImages } from "../synthetic.mjs";
import { openTraining } from "../training-step.mjs";
import { takeTurns } from "../turns.mjs";
import { inProportion, leftOut, milliseconds } from "./rows.mjs";

/** Of PyTorch's rate. */
const BAR = 0.8;
const IMAGES = 12;

/** The discriminator 1536-1024-512-1 and nothing before it, on `rows` rows, half of them noised. */
const discriminator = (rows, batch, size) => ({
  title: `discriminator 1536-1024-512-1, ${rows.toLocaleString("en")} rows`,
  bar: BAR,
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
  paper: { title: "recipe `paper`, 6,272 rows", name: "paper", steps: 3 },
  default: { title: "default recipe, 3,072 rows", steps: 10 },
};

export const title = "A training step";

export async function measure({ runtime, threads, rounds, python, scratch, say }) {
  const closing = [];
  try {
    const samples = await writeImages(join(scratch, "images"), IMAGES, 256);
    const ours = {};
    for (const [key, step] of Object.entries(STEPS)) {
      const open = key === "default" ? openHybridTraining : openTraining;
      ours[key] = await open({ ...step, samples, folder: join(scratch, key), runtime });
      closing.push(ours[key].close);
    }
    const pytorch = await startPytorch({ python, threads, steps: await describe(ours, scratch) });
    if (pytorch !== undefined) closing.push(pytorch.close);
    return await rows({ ours, pytorch, rounds, say });
  } finally {
    for (const close of closing.reverse()) await close();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function startPytorch({ python, threads, steps }) {
  if (python === undefined || !(await hasModules(python, ["torch", "numpy"]))) return undefined;
  const script = new URL("training-steps.py", import.meta.url);
  return startPython({ python, script, args: [threads], input: `${JSON.stringify(steps)}\n` });
}

/** What PyTorch's side has to know of each step. */
async function describe(ours, scratch) {
  const steps = {};
  for (const [key, { store, settings, components }] of Object.entries(ours)) {
    if (store === undefined) {
      steps[key] = { recipe: settings, components };
      continue;
    }
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

async function rows({ ours, pytorch, rounds, say }) {
  const rows = [];
  for (const [key, step] of Object.entries(ours)) {
    const contenders = [{ name: "ours", measure: () => step.measure() }];
    if (pytorch !== undefined) {
      // The first one warms up.
      const measure = async () => (await pytorch.ask(`${key} ${STEPS[key].steps + 1}`)).slice(1);
      contenders.push({ name: "pytorch", measure });
    }
    const turns = await takeTurns(contenders, rounds, (round) =>
      say(`${STEPS[key].title}: ${round + 1} of ${rounds}`),
    );
    const { title: what, bar } = STEPS[key];
    const measured = [milliseconds("ours", turns.ours)];
    if (pytorch === undefined) {
      rows.push(
        leftOut({ what, measured, of: "PyTorch's rate", why: "no Python with torch and numpy", bar }),
      );
      continue;
    }
    measured.push(milliseconds("PyTorch", turns.pytorch));
    rows.push(
      inProportion({ what, measured, of: "PyTorch's rate", upper: turns.pytorch, lower: turns.ours, bar }),
    );
  }
  const notes = [
    "The features of the first three are generated and read from a file by both sides. The first layer is linear: ours applies it to clean " +
      "features and to noise apart and adds the results, so that with an aligner its input gradient exists for the clean rows alone; " +
      "PyTorch's takes it for both, as one writes it. The default recipe's step has 1,024 normal rows, as many noised ones, and as many of painted images.",
  ];
  return { versions: pytorch === undefined ? {} : { PyTorch: pytorch.first }, rows, notes };
}
