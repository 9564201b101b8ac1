// Floating-point operations of a model, counted from the model itself: two (a multiplication and an addition) for each
// term of every matrix product and convolution in it; what is element-wise, a reduction, a pooling or a resize counts
// nothing. The shapes come from a run of the model, to which a Shape node is added for each tensor that matters.
import { onnx } from "../dist/graph/index.js";

const product = (dims) => dims.reduce((all, dim) => all * dim, 1);

/** Terms of one node from the shapes of its first input, its second input, and its output. */
const TERMS = {
  MatMul: (a, _b, y) => product(y) * a.at(-1),
  Gemm: (a, _b, y, { transA = 0 }) => product(y) * a[transA === 0 ? 1 : 0],
  Conv: (_x, weight, y) => product(y) * product(weight.slice(1)),
  ConvTranspose: (x, weight) => product(x) * product(weight.slice(1)),
};

export async function countFlops(model, feeds, runtime) {
  const proto = onnx.ModelProto.decode(model);
  const { graph } = proto;
  const nodes = graph.node.filter(({ opType }) => Object.hasOwn(TERMS, opType));
  const ends = ({ input, output }) => [input[0], input[1], output[0]];
  const names = [...new Set(nodes.flatMap(ends))];
  graph.node.push(
    ...names.map((name) =>
      onnx.NodeProto.create({ opType: "Shape", input: [name], output: [`shape/${name}`] }),
    ),
  );
  graph.output = names.map((name) =>
    onnx.ValueInfoProto.create({
      name: `shape/${name}`,
      type: { tensorType: { elemType: onnx.TensorProto.DataType.INT64 } },
    }),
  );
  const session = await runtime.open(onnx.ModelProto.encode(proto).finish());
  const wanted = Object.entries(feeds).filter(([name]) => session.inputs.includes(name));
  const shapes = await session.run(Object.fromEntries(wanted));
  await session.close();
  const shapeOf = (name) => Array.from(shapes[`shape/${name}`].data, Number);
  const terms = nodes.map((node) => {
    const attributes = Object.fromEntries(node.attribute.map(({ name, i }) => [name, Number(i)]));
    return TERMS[node.opType](...ends(node).map(shapeOf), attributes);
  });
  return 2 * terms.reduce((sum, count) => sum + count, 0);
}
