import { leaveOut, openDataset, placesByContent, type Sample } from "../datasets/index.ts";
import { RsadError } from "../errors.ts";
import { MIN_IMAGES } from "./split.ts";
import type { TrainRequest } from "./train-request.ts";

export interface GoodImages {
  readonly root: string;
  readonly samples: readonly Sample[];
  /** How many more there are, that `without` names. */
  readonly leftOut: number;
}

/** The images that a training may use. Throws RSAD_DATASET_INVALID for too few, and what opening a data set throws. */
export async function goodImages({
  data,
  without = [],
}: Pick<TrainRequest, "data" | "without">): Promise<GoodImages> {
  const dataset = typeof data === "string" ? await openDataset(data) : data;
  const { root, train: samples } = leaveOut(dataset, without);
  if (samples.length < MIN_IMAGES) throw tooFewImages(root, samples.length);
  return { root, samples, leftOut: dataset.train.length - samples.length };
}

/**
 * The places of those among them that are no copies of an image before them, which would teach and prove nothing. Throws
 * RSAD_DATASET_INVALID for too few.
 */
export function differentImages({ root }: GoodImages, hashes: readonly string[]): readonly number[] {
  const places = placesByContent(hashes).map(([first]) => first!);
  if (places.length < MIN_IMAGES) throw tooFewImages(root, places.length);
  return places;
}

/** How many of so many images to use; all where nothing is `wanted`. Throws RSAD_ARGUMENT_INVALID. */
export function checkTrainImages(wanted: number | undefined, there: number): number {
  if (wanted === undefined) return there;
  if (Number.isInteger(wanted) && wanted >= MIN_IMAGES && wanted <= there) return wanted;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "trainImages",
    expected: `a whole number from ${MIN_IMAGES} to ${there}, the good images of different content`,
    received: wanted,
    hint: "Train on fewer images, or leave it out to use all.",
  });
}

function tooFewImages(folder: string, received: number): RsadError {
  return new RsadError("RSAD_DATASET_INVALID", {
    subject: folder,
    expected: `at least ${MIN_IMAGES} good images of different content`,
    received,
    hint: "Add good images; a few dozen are a sensible start.",
  });
}
