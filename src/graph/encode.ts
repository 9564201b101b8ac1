import { type Attribute, Float, type Graph, type GraphNode, type Value } from "./graph.ts";
import { type Onnx, onnx } from "./onnx.ts";
import { ONNX_TYPE } from "./ops/cast.ts";
import type { Tensor } from "./tensor.ts";

/** The operator set that every operator of this room is written for. */
export const OPSET = 18;
const IR_VERSION = 8;

export interface EncodeOptions {
  /** Key-value pairs kept in the file's `metadata_props`. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The graph as the bytes of an ONNX file. Nodes and constants that no output needs are left out. */
export function encodeModel(graph: Graph, { metadata = {} }: EncodeOptions = {}): Uint8Array {
  const outputs = [...graph.outputs];
  const needed = reach(outputs.map(([, value]) => value));
  const node: Onnx.INodeProto[] = [];
  const initializer: Onnx.ITensorProto[] = [];
  const constants = new Set<Value>();
  for (const value of needed) if (value.constant !== undefined) constants.add(value);
  for (const value of constants) initializer.push(encodeTensor(value.name, value.constant!));
  for (const item of graph.nodes) {
    if (!item.results.some((result) => needed.has(result))) continue;
    const encoded = encodeNode(item, needed);
    node.push(...encoded.node);
    initializer.push(...encoded.initializer);
  }
  for (const [name, value] of outputs) {
    node.push({ opType: "Identity", name: `output:${name}`, input: [value.name], output: [name] });
  }
  const model = onnx.ModelProto.create({
    irVersion: IR_VERSION,
    producerName: "rsad",
    opsetImport: [{ domain: "", version: OPSET }],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name: graph.name,
      node,
      initializer,
      input: graph.inputs.map((value) => encodeType(value.name, value)),
      output: outputs.map(([name, value]) => encodeType(name, value)),
    },
  });
  return onnx.ModelProto.encode(model).finish();
}

/** Every value that the given ones are computed from, themselves included. */
function reach(targets: readonly Value[]): Set<Value> {
  const seen = new Set<Value>();
  const open = [...targets];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    for (const input of value.producer?.inputs ?? []) if (input !== undefined) open.push(input);
  }
  return seen;
}

/** Operators none of whose outputs is optional. */
const WITH_ALL_OUTPUTS: ReadonlySet<string> = new Set(["TopK"]);

function encodeNode(
  item: GraphNode,
  needed: ReadonlySet<Value>,
): { node: Onnx.INodeProto[]; initializer: Onnx.ITensorProto[] } {
  const input = item.inputs.map((value) => value?.name ?? "");
  if (item.imported !== undefined) {
    return item.imported.encode(
      item.results[0]!.name,
      input,
      item.results.map((result) => result.name),
    );
  }
  // An output that nothing reads is mostly optional: an empty name inside the list, nothing at its end.
  const whole = WITH_ALL_OUTPUTS.has(item.operator);
  const output = item.results.map((result, i) => (i === 0 || whole || needed.has(result) ? result.name : ""));
  while (output.at(-1) === "") output.pop();
  const attribute = Object.entries(item.attributes ?? {}).map(([name, value]) =>
    encodeAttribute(name, value),
  );
  return {
    node: [{ opType: item.operator, name: item.results[0]!.name, input, output, attribute }],
    initializer: [],
  };
}

function encodeAttribute(name: string, value: Attribute): Onnx.IAttributeProto {
  const { AttributeType } = onnx.AttributeProto;
  if (value instanceof Float) return { name, type: AttributeType.FLOAT, f: value.value };
  if (typeof value === "string")
    return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
  if (typeof value === "number") return { name, type: AttributeType.INT, i: value };
  return { name, type: AttributeType.INTS, ints: [...value] };
}

/** Row-major little-endian raw data, which every platform of Node and every browser has in memory as it is. */
function encodeTensor(name: string, { dtype, dims, data }: Tensor): Onnx.ITensorProto {
  return {
    name,
    dims: [...dims],
    dataType: ONNX_TYPE[dtype],
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}

function encodeType(name: string, value: Value): Onnx.IValueInfoProto {
  const dim = value.shape.map((size) => (typeof size === "string" ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: ONNX_TYPE[value.dtype], shape: { dim } } } };
}
