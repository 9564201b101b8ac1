import { type Backbone, isPaperBackbone } from "../backbones/index.ts";
import { fitDfm, fitPadim, fitPatchCore } from "../baselines/index.ts";
import type { Sample } from "../datasets/index.ts";
import type { FeatureSource, FitRequest, Fitted, Head, StoredFeatures } from "../features/index.ts";
import { fitHybrid } from "../hybrid/index.ts";
import type { ModelMetadata } from "../model/index.ts";
import type { HybridRecipe, Recipe, TrainedRecipe } from "../recipes/index.ts";
import { type LossPoint, runTraining, stepCount, trainedHead } from "../training/index.ts";
import { besideModel } from "./beside-model.ts";

/** Sees what a method has learned after each of some steps; learning waits for it. */
export interface HeadSnapshots {
  /** Given the number of all steps. */
  readonly steps: (total: number) => readonly number[];
  readonly onSnapshot: (step: number, head: Head) => Promise<void>;
}

/** A recipe and features to learn from; most methods want all of them kept. */
type Learning<R extends Recipe, Store extends FeatureSource> = {
  readonly recipe: R;
  readonly store: Store;
};
type Streaming = Learning<HybridRecipe, FeatureSource>;
type Storing = Learning<Exclude<Recipe, HybridRecipe>, StoredFeatures>;

interface Shared extends Omit<FitRequest<Recipe>, keyof Streaming> {
  readonly backbone: Backbone;
  /** The store's images, in its order. */
  readonly samples: readonly Sample[];
  /** The model file to be written; losses go beside it. */
  readonly output: string;
  readonly checkpointSeconds?: number | undefined;
  readonly snapshots?: HeadSnapshots | undefined;
}

export type FitModelRequest = Shared & (Streaming | Storing);

export interface FittedModel extends Fitted {
  /** What only methods that learn step by step can tell. */
  readonly training?: {
    readonly metadata: Required<Pick<ModelMetadata, "features" | "steps" | "parameters">>;
    readonly losses: readonly LossPoint[];
    readonly lossLog: string;
  };
}

/** Whether the method reads all but a few images' features only once, so that they need not be kept. */
export function readsOnce(recipe: Recipe): recipe is HybridRecipe {
  return recipe.method === "hybrid";
}

/** Learns by the method that the recipe is of. */
export function fitModel(request: FitModelRequest): Promise<FittedModel> {
  if (isStreaming(request)) return fitWithMemory(request);
  const { recipe, ...rest } = request;
  switch (recipe.method) {
    case "rsad":
    case "simplenet":
      return fitTrained({ ...rest, recipe });
    case "patchcore":
      return fitPatchCore({ ...rest, recipe });
    case "padim":
      return fitPadim({ ...rest, recipe });
    case "dfm":
      return fitDfm({ ...rest, recipe });
  }
}

function isStreaming(request: FitModelRequest): request is Shared & Streaming {
  return readsOnce(request.recipe);
}

async function fitTrained(request: Shared & Learning<TrainedRecipe, StoredFeatures>): Promise<FittedModel> {
  const { recipe, images, backbone, output, snapshots } = request;
  const { lossLog } = besideModel(output);
  const steps = stepCount(recipe, images.length);
  const { weights, scaling, deviation, losses, parameters } = await runTraining({
    ...request,
    native: isPaperBackbone(backbone),
    lossLog,
    snapshots: snapshots && {
      steps: snapshots.steps(steps),
      onSnapshot: (step, learned) => snapshots.onSnapshot(step, trainedHead({ recipe, ...learned })),
    },
  });
  const divisor =
    recipe.scaling !== "channel" && scaling !== undefined ? { divisor: scaling.deviation[0]! } : {};
  return {
    head: trainedHead({ recipe, weights, scaling }),
    facts: {},
    training: {
      metadata: {
        features: { deviation, ...divisor },
        steps,
        parameters,
      },
      losses,
      lossLog,
    },
  };
}

async function fitWithMemory(request: Shared & Streaming): Promise<FittedModel> {
  const { lossLog } = besideModel(request.output);
  const { steps } = request.recipe.length;
  const { snapshots } = request;
  const { head, facts, deviation, losses, parameters } = await fitHybrid({
    ...request,
    lossLog,
    snapshots: snapshots && { ...snapshots, steps: snapshots.steps(steps) },
  });
  return {
    head,
    facts,
    training: { metadata: { features: { deviation }, steps, parameters }, losses, lossLog },
  };
}
