// `rsad train`, the whole program, from JPEGs to the calibrated model file, and what the model is worth.
import { join } from "node:path";
import { evaluateModel, load, openDataset } from "../../dist/index.js";
import { openMatmul, SHAPE } from "../matmul.mjs";
import { median } from "../spread.mjs";
import { modelFolder, trainModel } from "./models.mjs";
import { amount, inProportion, milliseconds, seconds } from "./rows.mjs";

/** Seconds. */
const BARS = { embedded: 60, given: 120 };
const MATMULS = 7;

export const title = "Training from images to the calibrated model file";

export async function measure({ runtime, threads, trainingRuns, backbones, data, models, say }) {
  const matmul = await openMatmul(runtime);
  await matmul.measure(1);
  const yardstick = async () => median(await matmul.measure(MATMULS));
  const taken = backbones.map(() => ({ seconds: [], yardstick: [] }));
  try {
    for (let run = 0; run < trainingRuns; run++) {
      for (const [i, { name, file }] of backbones.entries()) {
        say(`training with ${name}: ${run + 1} of ${trainingRuns}`);
        const before = await yardstick();
        const folder = modelFolder({ models, name, data: data[0] });
        taken[i].seconds.push(await trainModel({ backbone: file, data: data[0], folder, threads }));
        taken[i].yardstick.push((before + (await yardstick())) / 2);
      }
    }
  } finally {
    await matmul.close();
  }
  const dataset = await openDataset(data[0]);
  const rows = [];
  for (const [i, { kind, name }] of backbones.entries()) {
    say(`evaluating ${name}`);
    const model = await load(join(modelFolder({ models, name, data: data[0] }), "model.onnx"), {
      threads,
    });
    const { image } = await evaluateModel(model, dataset);
    await model.close();
    const what = `training, ${name}, ${dataset.train.length} images`;
    const auroc = `image AUROC ${(100 * image.auroc).toFixed(2)}`;
    rows.push(
      amount({ what, measured: [auroc], values: taken[i].seconds, unit: "s", bar: BARS[kind] }),
      inProportion({
        what: `the same in MatMuls of ${SHAPE.join(" x ")}, ${name}`,
        measured: [seconds("training", taken[i].seconds), milliseconds("MatMul", taken[i].yardstick)],
        upper: taken[i].seconds.map((value) => 1000 * value),
        lower: taken[i].yardstick,
        unit: "MatMuls",
      }),
    );
  }
  const notes = [
    "The whole program is timed, its start among it. The MatMul is measured before and after each training and is a yardstick for other machines.",
  ];
  return { rows, notes };
}
