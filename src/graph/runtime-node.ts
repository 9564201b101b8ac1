import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { RsadError } from "../errors.ts";
import type { Runtime, Session, Tensors } from "./runtime.ts";
import type { DataType, Tensor, TensorData } from "./tensor.ts";

export interface NodeRuntimeOptions {
  /** Threads within an operator; the number of physical cores if left out. */
  readonly threads?: number | undefined;
}

/** ONNX Runtime for Node, on the CPU. */
export function nodeRuntime({ threads }: NodeRuntimeOptions = {}): Runtime {
  return {
    async open(model: Uint8Array): Promise<Session> {
      const session = await attempt("the graph", () =>
        InferenceSession.create(model, {
          executionProviders: ["cpu"],
          graphOptimizationLevel: "all",
          executionMode: "sequential",
          interOpNumThreads: 1,
          // Errors reach the user as RsadError; the runtime's own warnings are about graphs the user did not write.
          logSeverityLevel: 4,
          // Threads that wait for work sleep: a busy wait takes the cores from whatever else the machine has to do, and
          // from this process's own drawing of noise.
          extra: { session: { intra_op: { allow_spinning: "0" } } },
          ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
        }),
      );
      return {
        inputs: session.inputNames,
        outputs: session.outputNames,
        async run(feeds, outputs = session.outputNames) {
          const results = await attempt("a run", async () => {
            const given = Object.entries(feeds).map(([name, tensor]) => [name, toOrt(tensor)] as const);
            return session.run(Object.fromEntries(given), [...outputs]);
          });
          return Object.fromEntries(outputs.map((name) => [name, fromOrt(results[name]!)])) satisfies Tensors;
        },
        close: () => session.release(),
      };
    },
  };
}

async function attempt<T>(subject: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    throw new RsadError("RSAD_RUNTIME_FAILED", {
      subject,
      expected: "the runtime to accept it",
      received: cause instanceof Error ? cause.message : String(cause),
      hint: "If memory ran out, close other programs or use a smaller batch; otherwise please report it.",
      cause,
    });
  }
}

function toOrt({ dtype, data, dims }: Tensor): OrtTensor {
  return new OrtTensor(dtype, data as Float32Array, [...dims]);
}

function fromOrt(tensor: OrtTensor): Tensor {
  const dims = [...tensor.dims];
  const data = tensor.data as TensorData;
  if (tensor.type !== "float16") return { dtype: tensor.type as DataType, dims, data };
  // Where JavaScript has a Float16Array, half precision arrives as one; the engine holds its bits.
  return { dtype: "float16", dims, data: new Uint16Array(data.buffer, data.byteOffset, data.length) };
}
