// Holds rsad's networks to weight files and taps that the original library made: after `npm run build`,
// node scripts/parity/compare.mjs FOLDER [--swaps N], FOLDER as scripts/parity/*.py leave it.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ARCHITECTURES } from "../../dist/backbones/architectures/index.js";
import { readWeights } from "../../dist/backbones/weights/index.js";
import { decodeTensors, encodeModel, Graph, nodeRuntime } from "../../dist/graph/index.js";
import { Random } from "../../dist/random.js";

/** The largest allowed difference, in proportion to the root mean square of a tap. */
const ALLOWED = 1e-4;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { swaps: { type: "string", default: "8" } },
});
const [folder] = positionals;
if (folder === undefined) throw new Error("Name the folder that one of scripts/parity/*.py has written.");
const runtime = nodeRuntime({ threads: 2 });
const files = new Set(await readdir(folder));
let passed = true;
for (const architecture of ARCHITECTURES) {
  if (files.has(`${architecture.name}.expected.safetensors`)) await compare(architecture);
}
process.exitCode = passed ? 0 : 1;

async function compare(architecture) {
  const { name, taps } = architecture;
  const { tensors: expected } = decodeTensors(
    await readFile(join(folder, `${name}.expected.safetensors`)),
    name,
  );
  const weights = await readWeights(join(folder, `${name}.pth`));
  const read = reading(weights);
  const { parameters } = architecture.load(read, taps);
  report(
    `${name}, ${parameters} parameters`,
    await sameTensors(read.shapes, weights, name),
    "both files hold the same",
  );

  const sizes = Object.keys(expected)
    .filter((key) => key.endsWith("/image"))
    .sort((a, b) => expected[a].data.length - expected[b].data.length)
    .map((key) => key.split("/")[0]);
  for (const size of sizes) {
    const errors = await run(architecture, weights, expected, size);
    const fits = Math.max(...errors) <= ALLOWED;
    report(`  ${size}`, fits, errors.map((error) => error.toExponential(1)).join(" "));
  }

  const changes = [];
  for (const [a, b] of choose(pairsOfOneShape(read.shapes), Number(values.swaps), name)) {
    const change = await run(architecture, exchange(weights, a, b), expected, sizes[0]).then(
      (errors) => Math.max(...errors),
      // A variance that is negative now.
      (error) => (error.code === "RSAD_BACKBONE_INVALID" ? "refused" : Promise.reject(error)),
    );
    if (change <= ALLOWED) report(`  ${a} and ${b} exchanged`, false, change);
    changes.push(change);
  }
  const seen = changes.filter((change) => change !== "refused");
  const least = `taps off by ${Math.min(...seen).toExponential(1)} and more`;
  report(`  ${changes.length} exchanges`, true, `${changes.length - seen.length} refused, ${least}`);
}

function report(subject, fits, figures) {
  passed &&= fits;
  console.log(`${subject}: ${figures}${fits ? "" : ", FAILED"}`);
}

/** Of every tap, the largest difference in proportion to the root mean square of what is expected. */
async function run(architecture, weights, expected, size) {
  const { taps } = architecture;
  const image = expected[`${size}/image`];
  const graph = new Graph();
  const built = architecture.load(weights, taps).build(graph.input("image", "float32", image.dims));
  for (const [i, value] of built.entries()) graph.output(taps[i], value);
  const session = await runtime.open(encodeModel(graph));
  const results = await session.run({ image });
  await session.close();
  return taps.map((tap) => distance(results[tap], expected[`${size}/${tap}`]));
}

function distance({ data }, { data: expected }) {
  let [largest, squares] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(data[i] - expected[i]));
    squares += expected[i] ** 2;
  }
  return data.length === expected.length ? largest / Math.sqrt(squares / expected.length) : Number.NaN;
}

/** `weights`, and the shape of each tensor that is asked for. */
function reading(weights) {
  const shapes = new Map();
  const tensor = (name, shape) => {
    shapes.set(name, shape);
    return weights.tensor(name, shape);
  };
  return { shape: (name) => weights.shape(name), tensor, shapes };
}

async function sameTensors(shapes, weights, name) {
  const other = await readWeights(join(folder, `${name}.safetensors`));
  return [...shapes].every(([key, shape]) => {
    const [a, b] = [weights, other].map((one) => Buffer.from(one.tensor(key, shape).buffer));
    return a.equals(b);
  });
}

/** Each tensor with the next of its shape, the last with the first. */
function pairsOfOneShape(shapes) {
  const classes = new Map();
  for (const [name, shape] of shapes) classes.set(`${shape}`, [...(classes.get(`${shape}`) ?? []), name]);
  return [...classes.values()]
    .filter((names) => names.length > 1)
    .flatMap((names) => names.map((name, i) => [name, names[(i + 1) % names.length]]));
}

function choose(items, count, key) {
  return [...new Random(0, key).permutation(items.length).subarray(0, count)].map((i) => items[i]);
}

function exchange(weights, a, b) {
  const other = new Map([
    [a, b],
    [b, a],
  ]);
  return {
    shape: (name) => weights.shape(name),
    tensor: (name, shape) => weights.tensor(other.get(name) ?? name, shape),
  };
}
