import { RsadError } from "../../errors.ts";
import { type ModelPart, type Onnx, onnx } from "../../graph/index.ts";
import { invalidFile } from "./invalid-file.ts";
import { isStandard, type OnnxModel } from "./read-model.ts";

/**
 * The part of a model that the tensors named in `taps` need: nothing behind the last of them. Throws
 * RSAD_BACKBONE_INVALID where a tap is not there, where the part needs more than one input or what it needs is not in the
 * file, or where it holds something that cannot be moved into another graph.
 */
export function cut({ graph }: OnnxModel, taps: readonly string[], file: string): ModelPart {
  const producers = new Map<string, Onnx.INodeProto>();
  for (const node of graph.node!) for (const name of node.output ?? []) if (name) producers.set(name, node);
  const unknown = taps.filter((tap) => !producers.has(tap));
  if (unknown.length > 0) throw missingTaps(unknown, graph, [...producers.keys()], file);

  const initializers = new Map(graph.initializer!.map((tensor) => [tensor.name ?? "", tensor]));
  const declared = new Map(graph.input!.map((input) => [input.name ?? "", input]));
  const needed = new Set<string>(taps);
  const nodes = new Set<Onnx.INodeProto>();
  const outside = new Set<string>();
  const constants: Onnx.ITensorProto[] = [];
  for (const name of needed) {
    // Iterating a set goes on to what is added meanwhile.
    const producer = producers.get(name);
    const initializer = initializers.get(name);
    if (producer !== undefined) {
      if (!nodes.has(producer)) checkNode(producer, file);
      nodes.add(producer);
      for (const input of producer.input ?? []) if (input) needed.add(input);
    } else if (initializer !== undefined) {
      checkTensor(initializer, file);
      constants.push(initializer);
    } else if (declared.has(name)) {
      outside.add(name);
    } else {
      throw invalidFile(file, "every tensor to be computed, stored or an input", `"${name}", which is none`);
    }
  }
  const [input, ...more] = outside;
  if (input === undefined || more.length > 0) {
    throw invalidFile(
      file,
      "one input that the taps depend on",
      `${outside.size}: ${[...outside].join(", ")}`,
    );
  }
  checkInput(declared.get(input)!, file);
  return {
    nodes: graph.node!.filter((node) => nodes.has(node)),
    initializers: constants,
    inputs: [input],
    outputs: taps,
  };
}

function checkInput(input: Onnx.IValueInfoProto, file: string): void {
  const tensor = input.type?.tensorType;
  const dims = tensor?.shape?.dim?.map((dim) => Number(dim.dimValue ?? 0) || dim.dimParam || "?");
  const float = tensor?.elemType === onnx.TensorProto.DataType.FLOAT;
  // A dimension without a number may be anything, unless the last one says that the channels are there.
  const [, channels, , last] = dims ?? [];
  const channelsFirst = channels === 3 || (typeof channels === "string" && last !== 3);
  if (!float || dims?.length !== 4 || !channelsFirst) {
    const type = onnx.TensorProto.DataType[tensor?.elemType ?? 0] ?? "unknown";
    throw invalidFile(file, "a float image [N, 3, H, W] as input", `${type} [${dims?.join(", ") ?? "?"}]`);
  }
}

function checkNode(node: Onnx.INodeProto, file: string): void {
  if (!isStandard(node.domain)) {
    throw invalidFile(file, "standard ONNX operators", `${node.domain}.${node.opType}`);
  }
  for (const attribute of node.attribute ?? []) {
    if (attribute.g || attribute.graphs?.length) {
      throw invalidFile(file, "operators without inner graphs", node.opType);
    }
    for (const tensor of [attribute.t, ...(attribute.tensors ?? [])]) if (tensor) checkTensor(tensor, file);
  }
}

function checkTensor(tensor: Onnx.ITensorProto, file: string): void {
  if (tensor.dataLocation === onnx.TensorProto.DataLocation.EXTERNAL || tensor.externalData?.length) {
    throw invalidFile(file, "weights inside the file", `weights in another file, such as "${tensor.name}"`);
  }
}

function missingTaps(
  unknown: readonly string[],
  graph: Onnx.IGraphProto,
  names: readonly string[],
  file: string,
): RsadError {
  const outputs = (graph.output ?? []).map((output) => output.name);
  const shown = names.slice(-40).join(", ");
  return new RsadError("RSAD_BACKBONE_INVALID", {
    subject: `the taps of ${file}`,
    expected: "names of tensors that the file computes",
    received: unknown.join(", "),
    hint:
      `Outputs of the file: ${outputs.join(", ")}. All ${names.length} tensors can be taps` +
      `${names.length > 40 ? ", the last 40 are" : ""}: ${shown}.`,
  });
}
