import { type Onnx, onnx } from "../../graph/index.ts";

const FLOAT = onnx.TensorProto.DataType.FLOAT;

export function floats(name: string, dims: number[], values: readonly number[]): Onnx.ITensorProto {
  return { name, dims, dataType: FLOAT, floatData: [...values] };
}

function integers(name: string, value: readonly number[]): Onnx.IAttributeProto {
  return { name, type: onnx.AttributeProto.AttributeType.INTS, ints: [...value] };
}

export function image(name: string, dims: readonly (number | string)[], elemType: number = FLOAT) {
  const dim = dims.map((size) => (typeof size === "string" ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}

/**
 * A two-layer network of operator set 13: `first` = relu(conv 3 -> 4, 1 x 1, stride 2), `second` = first + 1, and an
 * unused `behind` that depends on an input of its own.
 */
export function tinyModel(change: (model: Model) => unknown = () => {}): Uint8Array {
  const model: Model = {
    irVersion: 8,
    opsetImport: [{ domain: "", version: 13 }],
    graph: {
      name: "tiny",
      input: [image("image", ["N", 3, "H", "W"]), image("other", ["N", 4, "h", "w"])],
      output: [{ name: "second" }, { name: "behind" }],
      initializer: [
        floats("weight", [4, 3, 1, 1], [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1]),
        floats("one", [1], [1]),
        floats("unused", [1], [1]),
      ],
      node: [
        {
          opType: "Conv",
          input: ["image", "weight"],
          output: ["c"],
          attribute: [integers("strides", [2, 2])],
        },
        { opType: "Relu", input: ["c"], output: ["first"] },
        { opType: "Add", input: ["first", "one"], output: ["second"] },
        { opType: "Add", input: ["second", "other"], output: ["behind"] },
      ],
    },
  };
  change(model);
  // A plain array: slicing a Buffer, which protobufjs gives, would not copy.
  return new Uint8Array(onnx.ModelProto.encode(model).finish());
}

/** The message with everything filled in, so that a test can change it. */
export interface Model extends Onnx.IModelProto {
  opsetImport: Onnx.IOperatorSetIdProto[];
  graph: Onnx.IGraphProto & {
    input: Onnx.IValueInfoProto[];
    initializer: Onnx.ITensorProto[];
    node: (Onnx.INodeProto & { attribute?: Onnx.IAttributeProto[] })[];
  };
}
