import type { Tensor } from "../graph/index.ts";
import type { ChannelMoments } from "../stages/index.ts";
import type { FeaturePrecision } from "./feature-record.ts";
import type { Inside } from "./inside-patches.ts";
import type { Level } from "./level.ts";

/** The frozen network's features of the training images, by the images' places in the list of samples. */
export interface FeatureSource {
  /** Stands for everything that the features depend on: the images and the graph that computes them. */
  readonly key: string;
  readonly levels: readonly Level[];
  readonly precision: FeaturePrecision;
  /** Of all levels together. */
  readonly channels: number;
  /** Which patches to learn from. */
  readonly inside: Inside;
  /** Reads one image after the other, in this order, into one tensor per level, [1, C, h, w]; a few images are in memory at a time. */
  each(images: readonly number[]): AsyncIterable<Tensor[]>;
  /**
   * Moments over the patches to learn from of the given images, each level at its own resolution; the deviation of a
   * channel that never varies is 0. After each image, `onImage` is told how many it has been; what it throws ends the
   * reading.
   */
  statistics(images: readonly number[], onImage?: (done: number) => void): Promise<ChannelMoments>;
}

/** Features that are all kept, so that any of them can be read again and again. */
export interface StoredFeatures extends FeatureSource {
  /** Reads images into one tensor per level, [images, C, h, w]. */
  read(images: readonly number[]): Promise<Tensor[]>;
}
