import { ByteBuffer } from "flatbuffers";
import { RsadError } from "../../errors.ts";
import { Table } from "./table.ts";

// Field ids and enumerations as in the public schema, tensorflow/lite/schema/schema.fbs (version 3): a field's id is
// its position in its table. The names below are the schema's.
const MODEL = { operator_codes: 1, subgraphs: 2, buffers: 4 };
const SUBGRAPH = { tensors: 0, inputs: 1, outputs: 2, operators: 3 };
const TENSOR = { shape: 0, type: 1, buffer: 2, name: 3 };
const OPERATOR = { opcode_index: 0, inputs: 1, outputs: 2, builtin_options: 4 };
const OPERATOR_CODE = { deprecated_builtin_code: 0, builtin_code: 3 };
const BUFFER = { data: 0 };

/** schema.fbs, enum BuiltinOperator. */
export const BUILTIN = { ADD: 0, CONV_2D: 3, DEPTHWISE_CONV_2D: 4, DEQUANTIZE: 6 };
/** schema.fbs, enum TensorType. */
export const TENSOR_TYPE = { FLOAT32: 0, FLOAT16: 1 };

export interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: number;
  /** Little-endian, row-major; undefined for a tensor that is computed. */
  readonly data: Uint8Array | undefined;
}

export interface TfliteOperator {
  readonly builtin: number;
  /** Indices of tensors; -1 for an optional input that is left out. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: Table | undefined;
}

export interface TfliteModel {
  readonly tensors: readonly TfliteTensor[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** In the order of execution. */
  readonly operators: readonly TfliteOperator[];
}

/** Reads the first subgraph of a TFLite file. Throws RSAD_BACKBONE_INVALID where the bytes are not one. */
export function readTflite(bytes: Uint8Array): TfliteModel {
  const buffer = new ByteBuffer(bytes);
  if (bytes.length < 8 || !buffer.__has_identifier("TFL3")) {
    throw new RsadError("RSAD_BACKBONE_INVALID", {
      subject: "the TFLite file",
      expected: 'the identifier "TFL3"',
      received: bytes,
      hint: "The file is damaged; install the package that holds it again.",
    });
  }
  const model = Table.root(buffer);
  const codes = model
    .tables(MODEL.operator_codes)
    // The 32-bit code came later; a reader takes the larger of the two, as the schema's comment says.
    .map((code) =>
      Math.max(code.uint8(OPERATOR_CODE.deprecated_builtin_code), code.int32(OPERATOR_CODE.builtin_code)),
    );
  const buffers = model.tables(MODEL.buffers);
  const subgraph = model.tables(MODEL.subgraphs)[0];
  return {
    tensors: (subgraph?.tables(SUBGRAPH.tensors) ?? []).map((tensor) => ({
      name: tensor.string(TENSOR.name),
      shape: tensor.int32s(TENSOR.shape),
      type: tensor.uint8(TENSOR.type),
      data: buffers[tensor.int32(TENSOR.buffer)]?.bytes(BUFFER.data),
    })),
    inputs: subgraph?.int32s(SUBGRAPH.inputs) ?? [],
    outputs: subgraph?.int32s(SUBGRAPH.outputs) ?? [],
    operators: (subgraph?.tables(SUBGRAPH.operators) ?? []).map((operator) => ({
      builtin: codes[operator.int32(OPERATOR.opcode_index)] ?? -1,
      inputs: operator.int32s(OPERATOR.inputs),
      outputs: operator.int32s(OPERATOR.outputs),
      options: operator.table(OPERATOR.builtin_options),
    })),
  };
}
