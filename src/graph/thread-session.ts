import type { InferenceSession } from "onnxruntime-node";
import type { NativeTensor } from "./ort.ts";
import type { Tensors } from "./runtime.ts";
import type { TensorData } from "./tensor.ts";

/** The part of the runtime's own session that is needed. */
export interface NativeSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Tensors, outputs: readonly string[]): Promise<Readonly<Record<string, NativeTensor>>>;
  release(): Promise<void>;
}

/**
 * The program of the thread. It is text because a file of its own would have one name in the sources, which the tests run,
 * and another one in the build. Each request {id, ...} is answered by {id, value} or {id, error}.
 */
const PROGRAM = `
"use strict";
const { parentPort, workerData } = require("node:worker_threads");
const ort = require(workerData.runtime);
let session;

async function open({ model, options }) {
  session = await ort.InferenceSession.create(model, options);
  return { inputNames: [...session.inputNames], outputNames: [...session.outputNames] };
}

async function run({ feeds, outputs }) {
  const given = {};
  for (const [name, { dtype, data, dims }] of Object.entries(feeds)) given[name] = new ort.Tensor(dtype, data, dims);
  const results = await session.run(given, outputs);
  return Object.fromEntries(outputs.map((name) => {
    const { type, dims, data } = results[name];
    return [name, { type, dims: [...dims], data }];
  }));
}

const close = () => session.release();

parentPort.on("message", async ({ id, kind, request }) => {
  try {
    parentPort.postMessage({ id, value: await { open, run, close }[kind](request) });
  } catch (error) {
    parentPort.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
`;

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/**
 * A session on a thread of its own. The runtime's `run` keeps the thread that calls it until it is done; this way the
 * caller's own goes on meanwhile. Runs are done one after the other, in the order in which they were asked for. What goes
 * in and out is copied. Throws a plain Error, as the runtime does.
 */
export async function openThreadSession(
  model: Uint8Array,
  options: InferenceSession.SessionOptions,
): Promise<NativeSession> {
  const thread = new SessionThread();
  // A copy that is handed over: for tens of megabytes that takes half the time of having the message copied.
  const own = new Uint8Array(model);
  try {
    const names = await thread.ask<Pick<NativeSession, "inputNames" | "outputNames">>(
      "open",
      { model: own, options },
      [own.buffer],
    );
    return {
      ...names,
      run: (feeds, outputs) => {
        const given = Object.entries(feeds).map(([name, { dtype, dims, data }]) => [
          name,
          { dtype, dims: [...dims], data: alone(data) },
        ]);
        return thread.ask("run", { feeds: Object.fromEntries(given), outputs: [...outputs] });
      },
      release: async () => {
        await thread.ask("close", undefined).finally(() => thread.end());
      },
    };
  } catch (error) {
    await thread.end();
    throw error;
  }
}

/** Node's own modules are asked for rather than imported: what imports this room must not need them (see the boundaries). */
function startThread() {
  const { createRequire } = process.getBuiltinModule("node:module");
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const runtime = createRequire(import.meta.url).resolve("onnxruntime-node");
  return new Worker(PROGRAM, { eval: true, execArgv: [], workerData: { runtime } });
}

/** Sends requests and matches the answers. Keeps the process alive only as long as an answer is awaited. */
class SessionThread {
  readonly #worker = startThread();
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  #asked = 0;
  #failure: Error | undefined;

  constructor() {
    this.#worker.unref();
    this.#worker.on("message", ({ id, value, error }: Answer) => {
      const { resolve, reject } = this.#waiting.get(id)!;
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#worker.unref();
      if (error === undefined) resolve(value as never);
      else reject(new Error(error));
    });
    this.#worker.on("error", (error) => this.#fail(error));
    this.#worker.on("exit", () => this.#fail(new Error("The session's thread has ended.")));
  }

  ask<T>(kind: "open" | "run" | "close", request: unknown, handedOver: ArrayBuffer[] = []): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) throw this.#failure;
      const id = this.#asked++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage({ id, kind, request }, handedOver);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** An array that fills its buffer, for the whole buffer would be copied. */
function alone<Data extends TensorData>(data: Data): TensorData {
  // A Buffer's own slice copies nothing.
  return data.byteLength === data.buffer.byteLength ? data : Uint8Array.prototype.slice.call(data);
}
