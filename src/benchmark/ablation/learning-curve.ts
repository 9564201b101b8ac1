import { grouped } from "../../format.ts";
import type { Variant } from "../results.ts";
import { methodVariants, type Overrides } from "../variants.ts";
import type { Ablation } from "./ablation-variants.ts";

export interface LearningCurveRequest {
  /** Numbers of good images to train on. */
  readonly trainImages: readonly number[];
  /** Names of recipes. */
  readonly methods: readonly string[];
  readonly overrides?: Readonly<Record<string, Overrides>> | undefined;
  /** Numbers of good images of the classes that are compared. */
  readonly goodCounts: readonly number[];
}

/**
 * Every method trained on few good images, on more, and on all there are. A number that is more than some class has is left
 * out. Throws what `methodVariants` throws.
 */
export function learningCurve(request: LearningCurveRequest): Ablation {
  const { methods, overrides = {}, goodCounts } = request;
  const least = Math.min(...goodCounts);
  const counts = [...new Set(request.trainImages)].sort((a, b) => a - b);
  const possible = counts.filter((count) => count <= least);
  const variants = methods.flatMap((method) => {
    const own = method in overrides ? { [method]: overrides[method]! } : {};
    const some = possible.flatMap((count) =>
      methodVariants([method], own, [count]).map((variant) => ({
        ...named(variant, `${count}`, `${grouped(count)} images`),
        trainImages: count,
      })),
    );
    const all = methodVariants([method], own, goodCounts).map((variant) =>
      named(variant, "all", "all images"),
    );
    return [...some, ...all];
  });
  const leftOut = counts
    .filter((count) => count > least)
    .map((count) => `${count} training images: a class has only ${least}`);
  return { variants, leftOut };
}

function named(variant: Variant, id: string, label: string): Variant {
  return {
    ...variant,
    id: `train-images-${variant.id}-${id}`,
    label: `${variant.label}, ${label}`,
    sweep: "number of training images",
  };
}
