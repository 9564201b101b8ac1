import { join } from "node:path";
import { RsadError } from "../errors.ts";
import { STATE_FILES } from "../features/index.ts";
import { float32, type Runtime, type Session, type Tensor, type Tensors } from "../graph/index.ts";
import type { OnProgress } from "../progress.ts";
import { Random } from "../random.ts";
import { CheckpointFile } from "./checkpoint.ts";
import { LossLog, type LossPoint } from "./loss-log.ts";
import type { Variable } from "./training-context.ts";

/** A step as an ONNX model, which carries `variables` on; see {@link runSteps} for what it gives. */
export interface StepModel {
  readonly model: Uint8Array;
  readonly variables: readonly Variable[];
}

export interface StepLoopRequest {
  readonly graph: StepModel;
  readonly steps: number;
  /** All inputs of a step but the variables. Depends on the step's number alone. */
  readonly prepare: (step: number) => Promise<Tensors>;
  /** The pass over the images, from 1, that a step, from 0, is of. */
  readonly epochOf: (step: number) => number;
  /** Stands for everything that the state after a step depends on. */
  readonly key: string;
  readonly seed: number;
  /** Where the checkpoint is kept. */
  readonly folder: string;
  /** Where the losses go, as JSON lines. */
  readonly lossLog: string;
  /** Seconds between checkpoints; 30 if left out. 0 saves after every step. */
  readonly checkpointSeconds?: number | undefined;
  readonly snapshots?: StepSnapshots | undefined;
  /** Settings to lower should the loss overflow. */
  readonly hint: string;
  readonly runtime: Runtime;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Sees what was learned after each of these steps; training waits for it. A resumed run repeats none before its checkpoint. */
export interface StepSnapshots {
  readonly steps: readonly number[];
  readonly onSnapshot: (step: number, weights: Tensors) => Promise<void>;
}

export interface Stepped {
  /** Parameters and running statistics by name, without the optimizer's state. */
  readonly weights: Tensors;
  readonly losses: readonly LossPoint[];
}

/**
 * Runs a training step over and over, from the last checkpoint in `folder` if there is one. The step's model gives every variable
 * under `next/NAME` and the scalars of the log. The same request gives the same bytes, however often it was interrupted. An
 * abort saves the state first and then throws the signal's reason. Throws RSAD_CHECKPOINT_MISMATCH if the checkpoint
 * is of another request, RSAD_ARGUMENT_INVALID if the loss overflows.
 */
export async function runSteps(request: StepLoopRequest): Promise<Stepped> {
  const { graph, steps, prepare, epochOf, runtime, onProgress, signal } = request;
  const checkpoints = new CheckpointFile(join(request.folder, STATE_FILES.checkpoint), request.key);
  const log = new LossLog(request.lossLog);
  const saved = await checkpoints.load();
  let step = saved?.step ?? 0;
  let variables: Tensors = saved?.variables ?? initialise(graph.variables, request.seed);
  const save = async () => {
    await log.flush();
    await checkpoints.save({ step, variables });
  };

  const session = await runtime.open(graph.model);
  let inputs: Promise<Tensors> | undefined;
  try {
    await log.open(step);
    onProgress?.({ phase: "training", done: step, total: steps });
    inputs = step < steps ? prepare(step) : undefined;
    let lastSave = performance.now();
    while (step < steps) {
      const running = runStep(session, graph, { ...(await inputs), ...variables });
      // The runtime's binding keeps this thread until the step is done; the system reads the next one's features meanwhile.
      inputs = step + 1 < steps ? prepare(step + 1) : undefined;
      // Should it fail before this step is done: the next turn of the loop is where the failure is met.
      inputs?.catch(() => {});
      const { next, scalars } = await running;
      variables = next;
      step += 1;
      if (!Number.isFinite(scalars.loss)) throw diverged(step, scalars.loss, request.hint);
      log.add({ step, epoch: epochOf(step - 1), ...scalars });
      onProgress?.({
        phase: "training",
        done: step,
        total: steps,
        detail: `loss ${scalars.loss.toFixed(3)}`,
      });
      if (request.snapshots?.steps.includes(step)) {
        await request.snapshots.onSnapshot(step, learnedTensors(variables));
      }
      const due = performance.now() - lastSave >= (request.checkpointSeconds ?? 30) * 1000;
      if (due || step === steps || signal?.aborted) {
        await save();
        lastSave = performance.now();
      }
      signal?.throwIfAborted();
    }
  } finally {
    // Ended early, the next step may still be being prepared; what it reads from has to stay open until then.
    await Promise.allSettled([inputs]);
    await session.close();
  }
  return { weights: learnedTensors(variables), losses: log.points };
}

/** Without the optimizer's state. */
function learnedTensors(variables: Tensors): Tensors {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !/^(first|second)\//.test(name)));
}

const SCALARS = ["loss", "segmentation", "classification", "accepted", "rejected"] as const;

async function runStep(
  session: Session,
  graph: StepModel,
  feeds: Tensors,
): Promise<{ next: Tensors; scalars: Record<(typeof SCALARS)[number], number> }> {
  const results = await session.run(feeds);
  const scalar = (name: string) => Number(results[name]!.data[0]);
  return {
    next: Object.fromEntries(graph.variables.map(({ name }) => [name, results[`next/${name}`]!])),
    scalars: Object.fromEntries(SCALARS.map((name) => [name, scalar(name)])) as Record<
      (typeof SCALARS)[number],
      number
    >,
  };
}

function initialise(variables: readonly Variable[], seed: number): Record<string, Tensor> {
  return Object.fromEntries(
    variables.map(({ name, dims, initializer }) => [
      name,
      float32(initializer(new Random(seed, "initial", name), dims), dims),
    ]),
  );
}

function diverged(step: number, loss: number, hint: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "the recipe",
    expected: "training with a finite loss",
    received: `${loss} at step ${step}`,
    hint,
  });
}
