import type { FitRequest, StoredFeatures } from "../features/index.ts";
import type { Tensors } from "../graph/index.ts";
import type { TrainedRecipe } from "../recipes/index.ts";
import type { ChannelMoments } from "../stages/index.ts";
import { Batches } from "./batches.ts";
import type { LossPoint } from "./loss-log.ts";
import { type ParameterCounts, parameterCounts } from "./parameter-counts.ts";
import { runKey } from "./run-key.ts";
import { featureDeviation, scalingMoments } from "./scaling.ts";
import { stepGraph } from "./step-graph.ts";
import { stepCount, stepInputs } from "./step-inputs.ts";
import { runSteps } from "./step-loop.ts";

export interface TrainingRequest extends FitRequest<TrainedRecipe> {
  /** Each epoch reads all features again. */
  readonly store: StoredFeatures;
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
  const { store, images, recipe, seed, snapshots } = request;
  const moments = await store.statistics(images);
  const scaling = scalingMoments(recipe.scaling, moments, request.native ?? false);
  const { levels, precision, inside } = store;
  const graph = stepGraph({ levels, precision, inside, recipe, scaling });
  const steps = stepCount(recipe, images.length);
  const batches = new Batches(images.length, recipe.batch, seed);

  const prepare = async (at: number): Promise<Tensors> => {
    const levels = await store.read(batches.at(at).map((i) => images[i]!));
    const inputs = stepInputs(graph, recipe, seed, at, steps);
    return { ...inputs, ...Object.fromEntries(levels.map((level, i) => [`level${i}`, level])) };
  };
  const { weights, losses } = await runSteps({
    ...request,
    graph,
    steps,
    prepare,
    epochOf: (step) => Math.floor((step * recipe.batch) / images.length) + 1,
    key: runKey({ store, images, recipe, seed }),
    hint: "Lower optimizer.discriminatorRate, optimizer.alignerRate or noise.deviation.",
    snapshots: snapshots && {
      steps: snapshots.steps,
      onSnapshot: (step, weights) => snapshots.onSnapshot(step, { weights, scaling }),
    },
  });
  return {
    weights,
    scaling,
    deviation: featureDeviation(moments),
    losses,
    parameters: parameterCounts(graph),
  };
}
