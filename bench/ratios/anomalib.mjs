// How long anomalib's SuperSimpleNet trains, on the same images and backbone, until its image AUROC is what ours is at its end.
import { basename, join } from "node:path";
import { evaluateModel, load, openDataset } from "../../dist/index.js";
import { hasModules, startPython } from "../python.mjs";
import { modelFolder, trainModel } from "./models.mjs";
import { amount, leftOut } from "./rows.mjs";

/** Ours takes at most so much of their time to reach it. */
const BAR = 1 / 3;
/**
 * The noise's deviation: their default, which is absolute and made for features of torchvision's scale, and one that is as
 * large in proportion to features of Keras's scale.
 */
const NOISES = [undefined, 0.015 * 12.4];
const MODULES = ["anomalib", "torch", "torchvision", "onnx"];
/** Seconds of training between two looks at the test images. */
const EVERY = 10;

export const title = "Training against anomalib's SuperSimpleNet";

export async function measure(context) {
  const { backbones, data, python, anomalibMinutes } = context;
  const backbone = backbones.find(({ spec }) => spec.kind === "onnx");
  const why =
    backbone === undefined
      ? "no --backbone that is an ONNX file"
      : python === undefined || !(await hasModules(python, MODULES))
        ? `no Python with ${MODULES.join(", ")}`
        : undefined;
  if (why !== undefined) {
    return { rows: [leftOut({ what: title, measured: [], of: "their time", sense: "most", bar: BAR, why })] };
  }
  const rows = [];
  let versions = {};
  for (const folder of data) {
    const ours = await measureOurs({ ...context, backbone, folder });
    const theirs = [];
    for (const noise of NOISES) {
      const run = await measureTheirs({ ...context, backbone, folder, noise, ours });
      versions = run.versions;
      theirs.push(run);
    }
    rows.push(...rowsOf({ name: backbone.name, folder, ours, theirs }));
  }
  const notes = [
    "Their time is that of their training steps alone, with reading the images; looks at the test images are not counted. Ours is that of " +
      `the whole program. A run of theirs is stopped when its image AUROC is ours, or else after ${anomalibMinutes} minutes of training or ` +
      "three times our time, whichever is longer: their defaults (300 epochs, batches of 32) are kept, so the stop comes before the rate's first decay. " +
      "The noise's default deviation is absolute and made for features of torchvision's scale; the second run has it in proportion to this backbone's.",
  ];
  return { versions, rows, notes };
}

async function measureOurs({ backbone, folder, models, threads, say }) {
  say(`training ours on ${basename(folder)}`);
  const output = modelFolder({ models, name: backbone.name, data: folder });
  const seconds = await trainModel({ backbone: backbone.file, data: folder, folder: output, threads });
  const model = await load(join(output, "model.onnx"), { threads });
  const { image } = await evaluateModel(model, await openDataset(folder));
  await model.close();
  return { seconds, auroc: image.auroc };
}

async function measureTheirs({ backbone, folder, noise, ours, python, threads, anomalibMinutes, say }) {
  const { train, test } = await openDataset(folder);
  const { file, taps, normalisation } = backbone.spec;
  const given = {
    backbone: file,
    taps,
    normalisation,
    train: train.map(({ path }) => path),
    test: test.map(({ path, type }) => [path, type === "good" ? 0 : 1]),
    noise: noise ?? null,
    seed: 0,
  };
  const script = new URL("super-simplenet.py", import.meta.url);
  const child = await startPython({ python, script, args: [threads], input: `${JSON.stringify(given)}\n` });
  const limit = Math.max(60 * anomalibMinutes, ours.seconds / BAR);
  try {
    for (;;) {
      const state = await child.ask(EVERY);
      const { seconds, steps, auroc } = state;
      const percent = (100 * auroc).toFixed(2);
      say(
        `${basename(folder)}, noise ${noise ?? "default"}: ${seconds.toFixed(0)} s, ${steps} steps, ${percent}`,
      );
      const reached = auroc >= ours.auroc;
      if (reached || seconds >= limit) return { versions: child.first, noise, reached, ...state };
    }
  } finally {
    await child.close();
  }
}

function rowsOf({ name, folder, ours, theirs }) {
  const percent = (auroc) => (100 * auroc).toFixed(2);
  const best = theirs.toSorted(
    (a, b) =>
      Number(b.reached) - Number(a.reached) || (a.reached ? a.seconds - b.seconds : b.auroc - a.auroc),
  )[0];
  const describe = ({ noise, seconds, steps, auroc }) =>
    `theirs, noise ${noise === undefined ? "default" : noise.toFixed(3)}: ${percent(auroc)} after ${seconds.toFixed(0)} s, ${steps} steps`;
  return [
    amount({
      what: `training ${basename(folder)} to the same image AUROC, ${name}`,
      measured: [`ours ${percent(ours.auroc)} after ${ours.seconds.toFixed(0)} s`, ...theirs.map(describe)],
      values: [ours.seconds / best.seconds],
      unit: "x",
      of: "their time",
      atMost: !best.reached,
      bar: BAR,
    }),
  ];
}
