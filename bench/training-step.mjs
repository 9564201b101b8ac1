// Whole training steps, as `rsad train` takes them: runTraining itself on a FeatureStore on disk. A step's time reaches
// from one report of progress to the next: reading features, drawing noise, the session call, reading back, the loss log.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { FeatureStore } from "../dist/features/index.js";
import { float32 } from "../dist/graph/index.js";
import { Random } from "../dist/random.js";
import { recipe } from "../dist/recipes/index.js";
import { runTraining, stepGraph } from "../dist/training/index.js";
import { scalingMoments } from "../dist/training/scaling.js";
import { stepInputs } from "../dist/training/step-inputs.js";
import { countFlops } from "./flops.mjs";
import { randomBackbone } from "./synthetic.mjs";

/** The first step warms up, and during the last one no next step is prepared. */
const UNCOUNTED = 2;

/** `changes` are those of the recipe, `levels` those of {@link randomBackbone}. */
export async function openTraining({ name, changes = {}, levels, steps, samples, folder, runtime }) {
  const settings = recipe(name, { ...changes, length: { steps: steps + UNCOUNTED } });
  const { size } = settings.preprocessing;
  const backbone = randomBackbone(size, levels);
  const request = {
    folder,
    samples,
    fingerprint: "",
    backbone,
    recipe: settings,
    precision: "float32",
    runtime,
  };
  const store = await FeatureStore.open(request);
  const images = samples.map((_, i) => i);
  return {
    ...(await flops({ store, images, settings, runtime })),
    store,
    settings,
    async measure() {
      const ticks = [];
      await runTraining({
        store,
        images,
        recipe: settings,
        seed: 0,
        runtime,
        folder,
        lossLog: join(folder, "losses.jsonl"),
        onProgress: () => ticks.push(performance.now()),
      });
      await rm(join(folder, "checkpoint.safetensors"));
      return ticks.slice(2, -1).map((tick, i) => tick - ticks[i + 1]);
    },
    close: () => store.close(),
  };
}

/**
 * `flops`: what the step graph does. `textbookFlops`: the same step with the noise added to the features before the
 * discriminator, whose first layer then needs an input gradient for the noised rows too, where there is an aligner.
 */
async function flops({ store, images, settings, runtime }) {
  const { levels, precision } = store;
  const scaling = scalingMoments(settings.scaling, await store.statistics(images), false);
  const graph = stepGraph({ levels, precision, recipe: settings, scaling });
  const stored = await store.read(images.slice(0, settings.batch));
  const feeds = {
    ...stepInputs(graph, settings, 0, 0, 1),
    ...Object.fromEntries(stored.map((level, i) => [`level${i}`, level])),
    ...Object.fromEntries(
      graph.variables.map(({ name, dims, initializer }) => [
        name,
        float32(initializer(new Random(0), dims), dims),
      ]),
    ),
  };
  const counted = await countFlops(graph.model, feeds, runtime);
  const saved =
    settings.aligner.kind === "none" ? 0 : 2 * graph.rows * graph.channels * settings.discriminator.hidden[0];
  return { flops: counted, textbookFlops: counted + saved };
}
