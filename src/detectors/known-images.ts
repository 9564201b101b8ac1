import { basename, resolve } from "node:path";
import { type Dataset, fingerprint, openDataset, type Sample } from "../datasets/index.ts";
import type { ModelMetadata } from "../model/index.ts";
import { splitHoldout } from "./split.ts";

export interface KnownImages {
  readonly root: string;
  readonly fingerprint: { readonly count: number; readonly sha256: string };
  /** All good images of the folder. */
  readonly samples: readonly Sample[];
  /** How training divided them; absent for other images than the training's. */
  readonly split: { readonly train: readonly Sample[]; readonly holdout: readonly Sample[] } | undefined;
  /** Where those come from that the model has not seen, in words. */
  readonly origin: string;
}

/** The good images of a folder, and which of them a model was trained on. */
export async function knownImages(
  images: string | Dataset,
  { data, recipe, seed }: ModelMetadata,
): Promise<KnownImages> {
  const { root, train: samples } = typeof images === "string" ? await openDataset(images) : images;
  const found = await fingerprint(samples);
  if (found.sha256 !== data.sha256) {
    const origin = `of ${basename(resolve(root))}`;
    return { root, fingerprint: found, samples, split: undefined, origin };
  }
  const { train, holdout } = splitHoldout(samples.length, recipe.holdout, seed, data.trained + data.heldOut);
  const at = (places: readonly number[]) => places.map((place) => samples[place]!);
  const split = { train: at(train), holdout: at(holdout) };
  return { root, fingerprint: found, samples, split, origin: "held out of training" };
}
