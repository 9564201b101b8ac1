import type { Device } from "./device.ts";
import type { Tensor } from "./tensor.ts";

export type Tensors = Readonly<Record<string, Tensor>>;

/** A model ready to run. Opening costs far more than running, and the runtime gives memory back late: keep it. */
export interface Session {
  /** Where it runs. */
  readonly device: Device;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Runs the model. `outputs` names those wanted; all if left out. Throws RSAD_RUNTIME_FAILED. */
  run(feeds: Tensors, outputs?: readonly string[]): Promise<Tensors>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /**
   * Runs on a thread of its own where that is possible, so that the caller's can decode, draw and write meanwhile. What goes
   * in and out is copied.
   */
  readonly background?: boolean | undefined;
}

/** What rsad needs of an ONNX runtime; one adapter for each. */
export interface Runtime {
  /** Loads the bytes of an ONNX file. Throws RSAD_RUNTIME_FAILED. */
  open(model: Uint8Array, options?: OpenOptions): Promise<Session>;
}
