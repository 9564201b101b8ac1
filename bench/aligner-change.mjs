// How much a trained Mona changes patch features: `node bench/aligner-change.mjs MODEL IMAGE...`, after `npm run build`; the model of
// `rsad train DIR --recipe paper`.
import { readFile } from "node:fs/promises";
import { nodeRuntime, onnx } from "../dist/graph/index.js";
import { decodeImage } from "../dist/index.js";

const [path, ...images] = process.argv.slice(2);
if (images.length === 0) throw new Error("Expected a model file and images");
const model = onnx.ModelProto.decode(await readFile(path));
const { node: nodes, output } = model.graph;
const takes = (name) => nodes.find(({ input }) => input.includes(name));
const added = takes("aligner.mona0.up.bias")?.output[0];
if (added === undefined) throw new Error("Expected a model with Mona for its aligner");
const features = takes(added).input.find((name) => name !== added);
const elemType = onnx.TensorProto.DataType.FLOAT;
output.push(...[features, added].map((name) => ({ name, type: { tensorType: { elemType } } })));

const session = await nodeRuntime().open(onnx.ModelProto.encode(model).finish());
const rows = { features: [], added: [] };
let channels = 0;
for (const image of images) {
  const { width, height, data } = await decodeImage(image);
  const found = await session.run({ image: { dtype: "uint8", dims: [height, width, 3], data } });
  channels = found[features].dims[1];
  rows.features.push(found[features].data);
  rows.added.push(found[added].data);
}
await session.close();

const [before, change] = [rows.features, rows.added].map((all) => centred(all.flatMap((one) => [...one])));
const after = before.map((value, i) => value + change[i]);
const norm = (values) => Math.sqrt(inner(values, values));
console.log(`patches            ${before.length / channels}`);
console.log(`features' deviation ${(norm(before) / Math.sqrt(before.length)).toFixed(4)}`);
console.log(`what is added, of it ${((100 * norm(change)) / norm(before)).toFixed(1)} %`);
console.log(`cosine              ${(inner(before, after) / norm(before) / norm(after)).toFixed(4)}`);

/** Without each channel's mean, which tells no patch from another. */
function centred(values) {
  const means = new Float64Array(channels);
  for (const [i, value] of values.entries()) means[i % channels] += (value * channels) / values.length;
  return values.map((value, i) => value - means[i % channels]);
}

function inner(a, b) {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
