import type * as Ort from "onnxruntime-web";
import { type Device, type DeviceChoice, type InstalledDevice, Placement } from "./device.ts";
import { attempt, fromOrt, OPTIMIZATION, runtimeFailed, SESSION_OPTIONS } from "./ort.ts";
import type { Runtime, Session, Tensors } from "./runtime.ts";
import { hasGraphicsProcessor, threadsAllowed } from "./web-platform.ts";

/** What a browser can run graphs on. `auto`: its graphics processor where WebGPU reaches one, else the CPU. */
export type WebDevice = "auto" | "cpu" | "webgpu";

/** Addresses of a build of the runtime: its glue code and its WebAssembly. */
export interface RuntimeFiles {
  readonly mjs: string | URL;
  readonly wasm: string | URL;
}

export interface WebRuntimeOptions {
  readonly device?: WebDevice | undefined;
  /**
   * Threads of the CPU, at most; as many as the browser advises, up to 8, if left out. A page that is not isolated from other
   * origins has one.
   */
  readonly threads?: number | undefined;
  /** Where the runtime's own files are, for each build; where the package has them if left out. */
  readonly files?: Readonly<Record<"cpu" | "webgpu", RuntimeFiles>> | undefined;
  /** The address of a built module of the runtime for the CPU, where the package `onnxruntime-web` is not at hand. */
  readonly module?: string | URL | undefined;
  /** Is told which device is used, when the first graph opens and where a later one opens elsewhere. */
  readonly onDevice?: ((choice: DeviceChoice) => void) | undefined;
}

/**
 * ONNX Runtime for browsers, compiled to WebAssembly with SIMD. What WebGPU cannot do of a graph is done on the CPU. Graphs run on
 * the thread that asks, whatever `background` says: a page that must stay lively asks from a worker.
 */
export function webRuntime(options: WebRuntimeOptions = {}): Runtime {
  const { device = "auto", onDevice } = options;
  let placement: Promise<Placement> | undefined;
  return {
    async open(model: Uint8Array): Promise<Session> {
      placement ??= place(device, onDevice);
      const here = await placement;
      const placed = await attempt("the graph", () =>
        here.open((on) => openOn(on === "webgpu" ? "webgpu" : "cpu", model, options)),
      );
      return inTurn(placed.opened.ort, placed.opened.session, placed.device);
    },
  };
}

async function place(asked: WebDevice, onDevice: WebRuntimeOptions["onDevice"]): Promise<Placement> {
  const gpu = asked !== "cpu" && (await hasGraphicsProcessor());
  const installed: InstalledDevice[] = [{ device: "cpu", bundled: true }];
  if (gpu) installed.push({ device: "webgpu", bundled: true });
  const first = asked === "auto" ? (gpu ? "webgpu" : "cpu") : asked;
  return new Placement(first, installed, (choice) => onDevice?.({ ...choice, asked }));
}

async function openOn(
  build: "cpu" | "webgpu",
  model: Uint8Array,
  { threads, files, module }: WebRuntimeOptions,
) {
  const ort = await load(build, module);
  const { wasm } = ort.env;
  wasm.numThreads = Math.min(threads ?? 8, threadsAllowed());
  if (files !== undefined)
    wasm.wasmPaths = { mjs: String(files[build].mjs), wasm: String(files[build].wasm) };
  ort.env.logLevel = "fatal";
  const session = await ort.InferenceSession.create(model, {
    ...SESSION_OPTIONS,
    executionProviders: [build === "webgpu" ? "webgpu" : "wasm"],
    extra: { optimization: OPTIMIZATION },
  });
  return { ort, session };
}

/** A build with WebGPU is twice as large and slower on the CPU, so there are two, each loaded when it is first needed. */
async function load(build: "cpu" | "webgpu", module: WebRuntimeOptions["module"]): Promise<typeof Ort> {
  try {
    if (build === "cpu" && module !== undefined) return await import(/* @vite-ignore */ String(module));
    return await (build === "webgpu" ? import("onnxruntime-web/webgpu") : import("onnxruntime-web/wasm"));
  } catch (cause) {
    throw runtimeFailed(
      "onnxruntime-web",
      "the runtime's files",
      cause,
      "They lie beside rsad's own: serve the whole folder.",
    );
  }
}

/** A session whose runs wait for each other: the runtime refuses a second one meanwhile. */
function inTurn(ort: typeof Ort, session: Ort.InferenceSession, device: Device): Session {
  let last: Promise<unknown> = Promise.resolve();
  const enqueue = <T>(action: () => Promise<T>): Promise<T> => {
    const next = last.then(action, action);
    last = next.catch(() => {});
    return next;
  };
  return {
    device,
    inputs: session.inputNames,
    outputs: session.outputNames,
    run: (feeds, outputs = session.outputNames) =>
      enqueue(() =>
        attempt("a run", async () => {
          const results = await session.run(toOrt(ort, feeds), [...outputs]);
          return Object.fromEntries(outputs.map((name) => [name, fromOrt(results[name]!)])) satisfies Tensors;
        }),
      ),
    close: () => enqueue(() => session.release()),
  };
}

function toOrt(ort: typeof Ort, feeds: Tensors): Record<string, Ort.Tensor> {
  const given = Object.entries(feeds).map(([name, { dtype, data, dims }]) => [
    name,
    new ort.Tensor(dtype, data as Float32Array, [...dims]),
  ]);
  return Object.fromEntries(given);
}
