import type { BackboneSpec } from "../backbones/index.ts";
import type { Dataset, Sample } from "../datasets/index.ts";
import type { FeaturePrecision } from "../features/index.ts";
import type { Fields } from "../fields.ts";
import type { DeviceChoice, DeviceRequest } from "../graph/index.ts";
import type { ModelMetadata } from "../model/index.ts";
import type { OnProgress } from "../progress.ts";
import type { Recipe } from "../recipes/index.ts";
import type { LossPoint } from "../training/index.ts";
import type { Timing } from "./stopwatch.ts";

export interface TrainRequest {
  /** A data set, or its folder: MVTec layout, or good images alone. Its test images are never opened. */
  readonly data: string | Dataset;
  /**
   * The model file to write, at the end and as a whole: until then, one that is there stays as it is. Losses, where there are any, go
   * beside it: those of `parts.onnx` to `parts.losses.jsonl`.
   */
  readonly output: string;
  /** Says by which method, too; `recipe("default")` if left out. */
  readonly recipe?: Recipe | undefined;
  /** The embedded one if left out; for the recipe `paper`, `wide_resnet50_2`. */
  readonly backbone?: BackboneSpec | undefined;
  /** 0 if left out. */
  readonly seed?: number | undefined;
  /** Good images to leave out, by their names below the data set's folder. */
  readonly without?: readonly string[] | undefined;
  /**
   * A file that says which part of every image to learn from and to inspect: a mask image (white is inspected) or a JSON file of
   * polygons; see docs/method.md. It becomes part of the model, its name too.
   */
  readonly mask?: string | undefined;
  /**
   * Cut images into square tiles of so many pixels a side at their own resolution, for defects too small to be seen in whole images.
   * Every image inspected by the model is cut in the same way. Not together with `mask`.
   */
  readonly tile?: number | undefined;
  /** The share of good images that the threshold may call defective; 0.01 if left out. Refused where the recipe holds no images out. */
  readonly falseReject?: number | undefined;
  /**
   * Folder for features and checkpoints, which are removed when the model is written. If left out it lies beside the model: that of
   * `parts.onnx` is `parts.state`.
   */
  readonly stateDir?: string | undefined;
  /**
   * What to do with the state that an interrupted run has left in `stateDir`. `true`, which it is if left out: go on with it, to the same
   * model as without the interruption; the state of a run with other images or settings is refused (RSAD_CHECKPOINT_MISMATCH) and
   * stays. `false`: remove it, and start anew.
   */
  readonly resume?: boolean | undefined;
  /** A folder of their own for the features, which stay there afterwards for other runs with the same images and network. */
  readonly featuresDir?: string | undefined;
  /** In which features are kept on disk; float32 if left out, float16 takes half the space. */
  readonly featurePrecision?: FeaturePrecision | undefined;
  /** Of the runtime; the number of cores if left out. */
  readonly threads?: number | undefined;
  /** Where to compute; the CPU if left out, and where the device is not there. */
  readonly device?: DeviceRequest | undefined;
  /** Is told which device is used, and of any change. */
  readonly onDevice?: ((choice: DeviceChoice) => void) | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** An abort saves the state and throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export const TRAIN_FIELDS: Fields<TrainRequest> = {
  data: "data",
  output: "path",
  recipe: "object?",
  backbone: "object?",
  seed: "number?",
  without: "list?",
  mask: "path?",
  tile: "number?",
  falseReject: "number?",
  stateDir: "path?",
  resume: "flag?",
  featuresDir: "path?",
  featurePrecision: "text?",
  threads: "number?",
  device: "text?",
  onDevice: "function?",
  onProgress: "function?",
  signal: "signal?",
};

/** What rsad itself asks of a training beyond that: the benchmark, the demo, tests. */
export interface TrainExtras {
  /** Leave the state where it is when the model is written. */
  readonly keepState?: boolean | undefined;
  /** Use only so many of the good images, chosen at random among those of different content. */
  readonly trainImages?: number | undefined;
  /** Sees the model, without metadata, after each of these steps; of methods that learn step by step alone. */
  readonly snapshots?: ModelSnapshots | undefined;
  /** Seconds between checkpoints; 30 if left out. */
  readonly checkpointSeconds?: number | undefined;
}

export interface ModelSnapshots {
  /** Given the number of all steps. */
  readonly steps: (total: number) => readonly number[];
  /** Training waits for it. A resumed run repeats none that its checkpoint is past. */
  readonly onSnapshot: (step: number, model: Uint8Array) => Promise<void>;
}

export interface TrainResult {
  /** The file that was written. */
  readonly modelPath: string;
  readonly metadata: ModelMetadata;
  readonly losses: readonly LossPoint[];
  /** JSON lines, one a step; absent for methods that do not learn step by step. */
  readonly lossLog?: string;
  readonly timings: readonly Timing[];
  /** The good images that were held out of training. */
  readonly held: readonly Sample[];
}
