import type { Command } from "commander";
import type { Perform } from "./perform.ts";

/** Gives a command its description, arguments, options and action. */
export type DefineCommand = (command: Command, perform: Perform) => void;

/** A command as the program's own help lists it. */
export interface CommandOutline {
  readonly name: string;
  /** As its definition names them; undefined for a group, which only has commands below it. */
  readonly args: string | undefined;
  readonly summary: string;
  /** All else, and everything that the command works with. */
  readonly load: () => Promise<DefineCommand>;
}

/**
 * The commands in the order of help. A command is loaded when it is named, so that `--version` and `--help` need not wait
 * for the runtime, the image codec, or any other library that only commands use.
 */
export const COMMANDS: readonly CommandOutline[] = [
  {
    name: "demo",
    args: "",
    summary: "make a small data set, train, evaluate and write a report",
    load: async () => (await import("./commands/demo.ts")).defineDemo,
  },
  {
    name: "train",
    args: "<dir>",
    summary: "learn what good parts look like",
    load: async () => (await import("./commands/train.ts")).defineTrain,
  },
  {
    name: "evaluate",
    args: "<model> <dir>",
    summary: "measure a model on labelled images and write a report",
    load: async () => (await import("./commands/evaluate.ts")).defineEvaluate,
  },
  {
    name: "inspect",
    args: "<model> <image...>",
    summary: "say of images whether they are defective, and where",
    load: async () => (await import("./commands/inspect.ts")).defineInspect,
  },
  {
    name: "calibrate",
    args: "<model> <dir>",
    summary: "find a model's thresholds anew, on good images of today",
    load: async () => (await import("./commands/calibrate.ts")).defineCalibrate,
  },
  {
    name: "export",
    args: "<model>",
    summary: "write a model in another form: smaller, for other programs, for browsers",
    load: async () => (await import("./commands/export.ts")).defineExport,
  },
  {
    name: "verify",
    args: "<model> <image...>",
    summary: "score images in every way there is and say how far they are apart",
    load: async () => (await import("./commands/verify.ts")).defineVerify,
  },
  {
    name: "benchmark",
    args: "<suite> <dir>",
    summary: "compare methods on whole data sets and write the tables",
    load: async () => (await import("./commands/benchmark.ts")).defineBenchmark,
  },
  {
    name: "ablate",
    args: "<suite> <dir>",
    summary: "take RSAD apart: what each of its choices does",
    load: async () => (await import("./commands/ablate.ts")).defineAblate,
  },
  {
    name: "stress",
    args: "<dir>",
    summary: "make a suite of data sets that shows what breaks a method",
    load: async () => (await import("./commands/stress.ts")).defineStress,
  },
  {
    name: "backbones",
    args: undefined,
    summary: "list, download, add and remove pretrained networks",
    load: async () => (await import("./commands/backbones.ts")).defineBackbones,
  },
  {
    name: "doctor",
    args: "[dir]",
    summary: "say what is wrong with a data set or this machine",
    load: async () => (await import("./commands/doctor.ts")).defineDoctor,
  },
];
