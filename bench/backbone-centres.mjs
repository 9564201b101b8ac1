// Where a backbone's features look, beside the centres of their cells: `node bench/backbone-centres.mjs [--backbone FILE]
// [--size N] [--images N]`, after `npm run build`. Small patches of generated images are lightened or darkened, and what answers
// in the features, by the square of its change, has its centre compared with the patch's.
import { Command } from "commander";
import { openBackbone, parseBackbone } from "../dist/backbones/index.js";
import { encodeModel, float32, Graph, nodeRuntime } from "../dist/graph/index.js";
import { Random } from "../dist/random.js";
import { perlinNoise } from "../dist/synthesis/index.js";
import { wholeNumber } from "./options.mjs";

/** Side of a changed patch, and by how much it is made lighter or darker. */
const PATCH = 4;
const CHANGE = 80;
const CHANGES = 50;

const {
  backbone: file,
  size,
  images,
} = new Command("backbone-centres")
  .option(
    "--backbone <file>",
    "an ONNX file with a JSON file beside it that describes it (default: the embedded network)",
  )
  .option("--size <pixels>", "side of the network's input", wholeNumber, 256)
  .option("--images <n>", "generated images", wholeNumber, 20)
  .parse()
  .opts();
const backbone = await openBackbone(await parseBackbone(file, {}), { size });
const graph = new Graph();
for (const [i, tap] of backbone.build(graph.input("x", "float32", [1, 3, size, size])).entries()) {
  graph.output(`tap${i}`, tap);
}
const session = await nodeRuntime().open(encodeModel(graph));
const moved = backbone.taps.map(() => []);
for (let i = 0; i < images; i++) {
  const pixels = drawn(new Random(i, "image"));
  const before = await session.run({ x: float32(pixels, [1, 3, size, size]) });
  const random = new Random(i, "changes");
  for (let change = 0; change < CHANGES; change++) {
    // Away from the border, so that no answer is cut off.
    const [top, left] = [0, 1].map(() => Math.floor(size * random.uniform(0.3, 0.65)));
    const by = random.uniform() < 0.5 ? -CHANGE : CHANGE;
    const after = await session.run({ x: float32(changed(pixels, top, left, by), [1, 3, size, size]) });
    for (const [at, tap] of backbone.taps.entries()) {
      const [row, column] = centreOfAnswer(before[`tap${at}`].data, after[`tap${at}`].data, tap);
      // An answer below the patch is one of features that look above their cell's centre.
      moved[at].push([top + PATCH / 2 - row, left + PATCH / 2 - column]);
    }
  }
}
await session.close();
for (const [at, { name, height }] of backbone.taps.entries()) {
  const [down, right] = [0, 1].map((axis) => describe(moved[at].map((offset) => offset[axis])));
  console.log(`${name} (stride ${size / height}): ${down} px down, ${right} px to the right`);
}

/** Coloured noise of all scales, the coarser the stronger. */
function drawn(random) {
  const pixels = new Float32Array(3 * size * size).fill(127.5);
  for (let cells = 4; cells <= size / 2; cells *= 2) {
    for (let channel = 0; channel < 3; channel++) {
      const noise = perlinNoise(random, cells, cells);
      for (let i = 0; i < size * size; i++) {
        const [y, x] = [Math.floor(i / size), i % size];
        pixels[channel * size * size + i] +=
          (320 / cells) * noise(((y + 0.5) * cells) / size, ((x + 0.5) * cells) / size);
      }
    }
  }
  return pixels.map((value) => Math.min(Math.max(value, 0), 255));
}

function changed(pixels, top, left, by) {
  const copy = Float32Array.from(pixels);
  for (let channel = 0; channel < 3; channel++) {
    for (let y = top; y < top + PATCH; y++) {
      for (let x = left; x < left + PATCH; x++) {
        const at = (channel * size + y) * size + x;
        copy[at] = Math.min(Math.max(copy[at] + by, 0), 255);
      }
    }
  }
  return copy;
}

/** In pixels of the input from its upper left corner, each feature standing for the centre of its cell. */
function centreOfAnswer(before, after, { channels, height, width }) {
  let [sum, rows, columns] = [0, 0, 0];
  for (let i = 0; i < channels * height * width; i++) {
    const weight = (after[i] - before[i]) ** 2;
    sum += weight;
    rows += weight * ((Math.floor(i / width) % height) + 0.5);
    columns += weight * ((i % width) + 0.5);
  }
  return [(rows / sum / height) * size, (columns / sum / width) * size];
}

function describe(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return `${mean.toFixed(2)} ± ${Math.sqrt(variance / values.length).toFixed(2)}`;
}
