import { join } from "node:path";
import { expect, test } from "vitest";
import { SIZE, tinyBackbone, tinyFolder, tinyRecipe } from "../../test/tiny.ts";
import { inspectionGraph } from "../detectors/index.ts";
import { FeatureStore } from "../features/index.ts";
import { encodeModel, float32, interpolationMatrix, nodeRuntime, type Tensor } from "../graph/index.ts";
import { decodeImage } from "../images/index.ts";
import { Random } from "../random.ts";
import { trainedHead } from "./head.ts";
import { stepGraph } from "./step-graph.ts";

const BATCH = 2;
const GRID = 8;
const PATCHES = GRID * GRID;
/** Above every logit, so that the loss of a single row tells its logit. */
const MARGIN = 1000;

/** Training and inspection are two graphs of the same stages: with the same statistics they have to say the same. */
test("an inspected image gets the logits that training gave it", async () => {
  const recipe = tinyRecipe({
    batch: BATCH,
    patches: "all",
    aligner: { kind: "mona", depth: 2, width: 3, dropout: 0.1 },
    "discriminator.hidden": [6, 4],
    loss: { truncatedL1: 1, margin: MARGIN, focal: 0, gamma: 1 },
    score: { image: "patch", smoothing: 0 },
  });
  const runtime = nodeRuntime({ threads: 1 });
  const backbone = tinyBackbone();
  const folder = await tinyFolder(BATCH);
  const { samples } = folder;
  const store = await FeatureStore.open({
    folder: join(folder.path, "state"),
    samples,
    fingerprint: "f",
    backbone,
    recipe,
    precision: "float32",
    runtime,
  });
  const random = new Random(0, "weights");
  const draw = (count: number) => random.fillNormal(new Float32Array(count), 0.5);
  const scaling = { mean: draw(9), deviation: draw(9).map((value) => 0.5 + Math.abs(value)) };
  const graph = stepGraph({ levels: store.levels, precision: "float32", recipe, scaling });
  const rows = BATCH * PATCHES;
  const size = (dims: readonly number[]) => dims.reduce((product, dim) => product * dim, 1);
  const variables = Object.fromEntries(
    graph.variables.map(({ name, dims }) => {
      const statistic = /\.norm\.(mean|variance)$/.test(name);
      return [name, float32(statistic ? new Float32Array(size(dims)) : draw(size(dims)), dims)];
    }),
  );
  const levels = await store.read([0, 1]);
  const ones = (dims: readonly number[]) => float32(new Float32Array(size(dims)).fill(1), dims);
  const feeds = {
    ...variables,
    level0: levels[0]!,
    level1: levels[1]!,
    noise: float32(draw(rows * graph.channels), [rows, graph.channels]),
    defect: float32(new Float32Array(2 * rows), [2 * rows, 1]),
    image_normal: ones([2 * BATCH, 1]),
    image_defect: ones([2 * BATCH, 1]),
    rate_aligner: float32([0], []),
    rate_discriminator: float32([0], []),
    correction: float32([1], []),
    ...Object.fromEntries(graph.dropouts.map(({ name, dims }) => [name, ones(dims)])),
  };
  const training = await runtime.open(graph.model);
  const logits: number[] = [];
  let batch: Readonly<Record<string, Tensor>> = {};
  for (let row = 0; row < rows; row++) {
    const normal = float32(new Float32Array(2 * rows), [2 * rows, 1]);
    normal.data[row] = 1;
    batch = await training.run({ ...feeds, normal });
    logits.push(MARGIN - Number(batch.segmentation!.data[0]));
  }
  await training.close();
  await store.close();

  // The running statistics started at 0, so a tenth of the batch's is what they are now; training divides by the biased
  // variance and remembers the unbiased one.
  const weights = Object.fromEntries(
    Object.entries(variables).map(([name, tensor]) => {
      const statistic = /\.norm\.(mean|variance)$/.exec(name)?.[1];
      if (statistic === undefined) return [name, tensor];
      const bias = statistic === "variance" ? (2 * rows - 1) / (2 * rows) : 1;
      const next = batch[`next/${name}`]!.data as Float32Array;
      return [
        name,
        float32(
          next.map((value) => value * 10 * bias),
          tensor.dims,
        ),
      ];
    }),
  );
  const inspected = inspectionGraph({ backbone, recipe, head: trainedHead({ recipe, weights, scaling }) });
  const inspection = await runtime.open(encodeModel(inspected));
  const up = interpolationMatrix(GRID, SIZE);
  for (const [i, { path }] of samples.entries()) {
    const { width, height, data } = await decodeImage(path);
    const results = await inspection.run({ image: { dtype: "uint8", dims: [height, width, 3], data } });
    const scores = logits.slice(i * PATCHES, (i + 1) * PATCHES).map((z) => -z);
    expect(results.score!.data[0]).toBeCloseTo(Math.max(...scores), 2);
    const own = enlarge(scores, up, SIZE);
    const frame = enlarge(own, interpolationMatrix(SIZE, height), height);
    let worst = 0;
    for (const [at, value] of frame.entries()) {
      worst = Math.max(worst, Math.abs(value - Number(results.anomaly_map!.data[at])));
    }
    expect(worst).toBeLessThan(5e-3);
  }
  await inspection.close();
  await folder.remove();
});

/** A square map [n, n] to [size, size] by the weights [size, n] of either axis. */
function enlarge(map: readonly number[], weights: Float32Array, size: number): number[] {
  const n = Math.sqrt(map.length);
  return Array.from({ length: size * size }, (_, at) => {
    const [y, x] = [Math.floor(at / size), at % size];
    let sum = 0;
    for (let i = 0; i < n; i++) {
      if (weights[y * n + i] === 0) continue;
      for (let j = 0; j < n; j++) sum += weights[y * n + i]! * weights[x * n + j]! * map[i * n + j]!;
    }
    return sum;
  });
}
