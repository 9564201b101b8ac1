import { basename, resolve } from "node:path";
import {
  type Dataset,
  type Fingerprint,
  fingerprintOf,
  hashImages,
  openDataset,
  type Sample,
} from "../datasets/index.ts";
import type { ModelMetadata } from "../model/index.ts";

const SHORT = 16;

/** So much of a file's hash tells images apart, and a model of thousands of images stays small. */
export function shortHash(sha256: string): string {
  return sha256.slice(0, SHORT);
}

export interface KnownImages {
  readonly root: string;
  readonly fingerprint: Fingerprint;
  /** Whether the folder is the one that the model was trained on, just as it was. */
  readonly isTrainingData: boolean;
  /** Images that the model was trained on, told by their files' contents, whatever they are called. */
  readonly seen: readonly Sample[];
  readonly unseen: readonly Sample[];
  /** Where the latter come from, in words. */
  readonly origin: string;
}

/** The good images of a folder, and which of them a model was trained on. */
export async function knownImages(images: string | Dataset, { data }: ModelMetadata): Promise<KnownImages> {
  const { root, train: samples } = typeof images === "string" ? await openDataset(images) : images;
  const hashes = await hashImages(samples);
  const fingerprint = fingerprintOf(samples, hashes);
  const learned = new Set(data.learned);
  const isSeen = hashes.map((hash) => learned.has(shortHash(hash)));
  const isTrainingData = fingerprint.sha256 === data.sha256;
  return {
    root,
    fingerprint,
    isTrainingData,
    seen: samples.filter((_, i) => isSeen[i]),
    unseen: samples.filter((_, i) => !isSeen[i]),
    origin: isTrainingData ? "held out of training" : `of ${basename(resolve(root))}`,
  };
}
