import type * as Ort from "onnxruntime-node";
import { checkThreads } from "../threads.ts";
import {
  type Device,
  type DeviceChoice,
  type DeviceRequest,
  type InstalledDevice,
  Placement,
} from "./device.ts";
import { attempt, fromOrt, OPTIMIZATION, runtimeFailed, SESSION_OPTIONS } from "./ort.ts";
import type { OpenOptions, Runtime, Session, Tensors } from "./runtime.ts";
import { type NativeSession, openThreadSession } from "./thread-session.ts";

export interface NodeRuntimeOptions {
  /** Threads within an operator, 1024 at most; the number of physical cores if left out. */
  readonly threads?: number | undefined;
  /** Where graphs run; the CPU if left out, and wherever the device is not there or does not open. */
  readonly device?: DeviceRequest | undefined;
  /** Is told which device is used, when the first graph opens and where a later one opens elsewhere. */
  readonly onDevice?: ((choice: DeviceChoice) => void) | undefined;
}

/** What the runtime calls the devices. */
const PROVIDERS = { cpu: "cpu", cuda: "cuda", directml: "dml", coreml: "coreml", webgpu: "webgpu" } as const;

/** ONNX Runtime for Node. What a device cannot do of a graph is done on the CPU. Throws RSAD_ARGUMENT_INVALID for no number of threads. */
export function nodeRuntime({ threads, device = "cpu", onDevice }: NodeRuntimeOptions = {}): Runtime {
  checkThreads(threads);
  let placement: Placement | undefined;
  return {
    async open(model: Uint8Array, { background = false }: OpenOptions = {}): Promise<Session> {
      const ort = await load();
      // That a device does not open is said in one line by whoever asked for it, not by the runtime as well.
      if (device !== "cpu") ort.env.logLevel = "fatal";
      placement ??= new Placement(device, installedDevices(ort), onDevice);
      const create = (device: Device) => {
        const settings = sessionOptions(device, threads);
        return background && device === "cpu"
          ? openThreadSession(model, settings)
          : openHere(ort, model, settings);
      };
      const placed = await attempt("the graph", () => placement!.open(create));
      const session = placed.opened;
      return {
        device: placed.device,
        inputs: session.inputNames,
        outputs: session.outputNames,
        async run(feeds, outputs = session.outputNames) {
          const results = await attempt("a run", () => session.run(feeds, outputs));
          return Object.fromEntries(outputs.map((name) => [name, fromOrt(results[name]!)])) satisfies Tensors;
        },
        close: () => session.release(),
      };
    },
  };
}

function sessionOptions(device: Device, threads: number | undefined): Ort.InferenceSession.SessionOptions {
  return {
    executionProviders: device === "cpu" ? ["cpu"] : [PROVIDERS[device], "cpu"],
    ...SESSION_OPTIONS,
    interOpNumThreads: 1,
    extra: {
      // Threads that wait for work sleep: a busy wait takes the cores from whatever else the machine has to do, and
      // from this process's own drawing of noise.
      session: { intra_op: { allow_spinning: "0" } },
      optimization: OPTIMIZATION,
    },
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
  };
}

/** A session on this thread, which its runs keep until they are done. */
async function openHere(
  ort: typeof Ort,
  model: Uint8Array,
  options: Ort.InferenceSession.SessionOptions,
): Promise<NativeSession> {
  const session = await ort.InferenceSession.create(model, options);
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(feeds, outputs) {
      const given = Object.entries(feeds).map(([name, { dtype, data, dims }]) => [
        name,
        new ort.Tensor(dtype, data as Float32Array, [...dims]),
      ]);
      return session.run(Object.fromEntries(given), [...outputs]);
    },
    release: () => session.release(),
  };
}

/**
 * The native library, loaded when it is first needed, so that a machine where it does not load can still ask for help.
 * Since version 1.29 it would write an identifier into the home folder and send usage data to its makers, unless this
 * variable says otherwise before it is loaded; a value that the user has set stays.
 */
async function load(): Promise<typeof Ort> {
  process.env.ORT_DISABLE_TELEMETRY ??= "1";
  try {
    return await import("onnxruntime-node");
  } catch (cause) {
    throw runtimeFailed(
      "onnxruntime-node",
      "a native library that loads on this machine",
      cause,
      `Install the packages again on this machine; the runtime must have been built for ${process.platform}, ${process.arch}.`,
    );
  }
}

function installedDevices(ort: typeof Ort): InstalledDevice[] {
  const devices = Object.keys(PROVIDERS) as Device[];
  return ort.listSupportedBackends().flatMap(({ name, bundled }) => {
    const device = devices.find((device) => PROVIDERS[device] === name);
    return device === undefined ? [] : [{ device, bundled }];
  });
}
