import type { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { RsadError } from "../errors.ts";
import type { DataType, Tensor, TensorData } from "./tensor.ts";

/** What ONNX Runtime's sessions give for an output, in Node and in the browser. */
export type NativeTensor = Pick<OrtTensor, "type" | "dims" | "data">;

/** The options that every adapter opens sessions with, so that graphs are optimised alike. */
export const SESSION_OPTIONS = {
  graphOptimizationLevel: "all",
  executionMode: "sequential",
  // Errors reach the user as RsadError; the runtime's own warnings are about graphs the user did not write.
  logSeverityLevel: 4,
} as const satisfies InferenceSession.SessionOptions;

/**
 * The runtime would merge transposes and factors into the products beside them. A product then transposes its
 * first factor anew for every few columns of the result, and one with a factor misses a fast path for vectors.
 */
export const OPTIMIZATION = {
  disable_specified_optimizers: "MatmulTransposeFusion;GemmTransposeFusion;MatMulScaleFusion",
} as const;

/** What `action` gives; throws RSAD_RUNTIME_FAILED for whatever it throws that is no error of rsad. */
export async function attempt<T>(subject: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof RsadError) throw cause;
    throw runtimeFailed(
      subject,
      "the runtime to accept it",
      cause,
      "If memory ran out, close other programs or use a smaller batch; otherwise please report it.",
    );
  }
}

export function runtimeFailed(subject: string, expected: string, cause: unknown, hint: string): RsadError {
  const received = cause instanceof Error ? cause.message : String(cause);
  return new RsadError("RSAD_RUNTIME_FAILED", { subject, expected, received, hint, cause });
}

export function fromOrt(tensor: NativeTensor): Tensor {
  const dims = [...tensor.dims];
  const data = tensor.data as TensorData;
  if (tensor.type !== "float16") return { dtype: tensor.type as DataType, dims, data };
  // Where JavaScript has a Float16Array, half precision arrives as one; the engine holds its bits.
  return { dtype: "float16", dims, data: new Uint16Array(data.buffer, data.byteOffset, data.length) };
}
