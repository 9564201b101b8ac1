// The parts that a patch's score in a model of the default recipe is the sum of, before they are brought to one scale.
import { nodeRuntime, onnx } from "../dist/graph/index.js";
import { decodeImage } from "../dist/index.js";

/** For each image one Float32Array a part, with a value for every patch. */
export async function partScores(model, paths, { threads }) {
  const { bytes, names } = withParts(model);
  const session = await nodeRuntime({ threads }).open(bytes);
  try {
    const found = [];
    for (const path of paths) {
      const { width, height, data } = await decodeImage(path);
      const results = await session.run({ image: { dtype: "uint8", dims: [height, width, 3], data } });
      found.push(names.map((name) => results[name].data));
    }
    return found;
  } finally {
    await session.close();
  }
}

/** The model with outputs for what its balance subtracts medians from: the graph's only differences that are divided by constants. */
function withParts(bytes) {
  const model = onnx.ModelProto.decode(bytes);
  const { node, output } = model.graph;
  const constants = new Set(model.graph.initializer.map(({ name }) => name));
  const byOutput = new Map(node.flatMap((one) => one.output.map((name) => [name, one])));
  const parts = node
    .filter(({ opType, input }) => opType === "Div" && constants.has(input[1]))
    .map(({ input }) => byOutput.get(input[0]))
    .filter((one) => one?.opType === "Sub" && constants.has(one.input[1]))
    .map(({ input }) => input[0]);
  if (parts.length !== 3) throw new Error(`Expected a score of three parts, not of ${parts.length}`);
  const names = parts.map((_, i) => `part${i}`);
  for (const [i, name] of names.entries()) {
    node.push(onnx.NodeProto.create({ opType: "Identity", input: [parts[i]], output: [name] }));
    const tensorType = { elemType: onnx.TensorProto.DataType.FLOAT };
    output.push(onnx.ValueInfoProto.create({ name, type: { tensorType } }));
  }
  return { bytes: onnx.ModelProto.encode(model).finish(), names };
}
