import { createHash } from "node:crypto";
import { join } from "node:path";
import { RsadError } from "../errors.ts";
import { type FitRequest, STATE_FILES } from "../features/index.ts";
import { float32, type Session, type Tensor, type Tensors } from "../graph/index.ts";
import { Random } from "../random.ts";
import type { TrainedRecipe } from "../recipes/index.ts";
import type { ChannelMoments } from "../stages/index.ts";
import { VERSION } from "../version.ts";
import { Batches } from "./batches.ts";
import { CheckpointFile } from "./checkpoint.ts";
import { LossLog, type LossPoint } from "./loss-log.ts";
import { type ParameterCounts, parameterCounts } from "./parameter-counts.ts";
import { featureDeviation, scalingMoments } from "./scaling.ts";
import { type StepGraph, stepGraph } from "./step-graph.ts";
import { stepCount, stepInputs } from "./step-inputs.ts";

export interface TrainingRequest extends FitRequest<TrainedRecipe> {
  /** Whether the features are of the very network that the paper used; see `scaling` of the recipe. */
  readonly native?: boolean;
  /** Where the losses go, as JSON lines. */
  readonly lossLog: string;
  /** Seconds between checkpoints; 30 if left out. 0 saves after every step. */
  readonly checkpointSeconds?: number | undefined;
  /** Sees what was learned after each of these steps; training waits for it. A resumed run repeats none before its checkpoint. */
  readonly snapshots?: Snapshots | undefined;
}

export interface Snapshots {
  readonly steps: readonly number[];
  readonly onSnapshot: (step: number, learned: Learned) => Promise<void>;
}

/** What inspection needs. */
export interface Learned {
  /** Parameters and running statistics by name, without the optimizer's state. */
  readonly weights: Tensors;
  /** Absent when features are taken as they are. */
  readonly scaling: ChannelMoments | undefined;
}

export interface Trained extends Learned {
  /** Of the features as the backbone gives them; see {@link featureDeviation}. */
  readonly deviation: number;
  readonly losses: readonly LossPoint[];
  readonly parameters: ParameterCounts;
}

/**
 * Trains stages 2 and 4 on stored features, from the last checkpoint in `folder` if there is one. The same request gives
 * the same bytes, however often it was interrupted: whatever is random in a step depends on the seed and the step's number alone.
 * An abort saves the state first and then throws the signal's reason. Throws RSAD_CHECKPOINT_MISMATCH if the checkpoint is
 * of another request, RSAD_ARGUMENT_INVALID if the recipe makes the loss overflow.
 */
export async function runTraining(request: TrainingRequest): Promise<Trained> {
  const { store, images, recipe, seed, runtime, onProgress, signal } = request;
  const moments = await store.statistics(images);
  const scaling = scalingMoments(recipe.scaling, moments, request.native ?? false);
  const graph = stepGraph({ levels: store.levels, precision: store.precision, recipe, scaling });
  const steps = stepCount(recipe, images.length);
  const checkpoints = new CheckpointFile(join(request.folder, STATE_FILES.checkpoint), runKey(request));
  const log = new LossLog(request.lossLog);

  const saved = await checkpoints.load();
  let step = saved?.step ?? 0;
  let variables: Tensors = saved?.variables ?? initialise(graph, seed);
  const batches = new Batches(images.length, recipe.batch, seed);

  const prepare = async (at: number): Promise<Tensors> => {
    const levels = await store.read(batches.at(at).map((i) => images[i]!));
    const inputs = stepInputs(graph, recipe, seed, at, steps);
    return { ...inputs, ...Object.fromEntries(levels.map((level, i) => [`level${i}`, level])) };
  };
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
      if (!Number.isFinite(scalars.loss)) throw diverged(step, scalars.loss);
      const epoch = Math.floor(((step - 1) * recipe.batch) / images.length) + 1;
      log.add({ step, epoch, ...scalars });
      onProgress?.({
        phase: "training",
        done: step,
        total: steps,
        detail: `loss ${scalars.loss.toFixed(3)}`,
      });
      if (request.snapshots?.steps.includes(step)) {
        await request.snapshots.onSnapshot(step, { weights: learnedTensors(variables), scaling });
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
  return {
    weights: learnedTensors(variables),
    scaling,
    deviation: featureDeviation(moments),
    losses: log.points,
    parameters: parameterCounts(graph),
  };
}

/** Without the optimizer's state. */
function learnedTensors(variables: Tensors): Tensors {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !/^(first|second)\//.test(name)));
}

const SCALARS = ["loss", "segmentation", "classification", "accepted", "rejected"] as const;

async function runStep(
  session: Session,
  graph: StepGraph,
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

function initialise(graph: StepGraph, seed: number): Record<string, Tensor> {
  return Object.fromEntries(
    graph.variables.map(({ name, dims, initializer }) => [
      name,
      float32(initializer(new Random(seed, "initial", name), dims), dims),
    ]),
  );
}

/** What the state after a step depends on: the features, the choices, and how this version draws and computes. */
function runKey({ store, images, recipe, seed }: TrainingRequest): string {
  const parts = { features: store.key, images, recipe, seed, version: VERSION };
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function diverged(step: number, loss: number): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "the recipe",
    expected: "training with a finite loss",
    received: `${loss} at step ${step}`,
    hint: "Lower optimizer.discriminatorRate, optimizer.alignerRate or noise.deviation.",
  });
}
