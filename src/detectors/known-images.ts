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
  /** The others, each content once: a copy says nothing that its original does not. */
  readonly unseen: readonly Sample[];
  /** How many copies that leaves out. */
  readonly copies: number;
  /** Short hashes of the latter. */
  readonly unseenHashes: readonly string[];
  /** Where they come from, in words. */
  readonly origin: string;
}

/** How many of some images a model was trained on, and how many its thresholds were found with. */
export interface KnownCounts {
  readonly learned: number;
  readonly calibrated: number;
}

/** Counts images that a model knows, told by their files' contents. Throws RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED. */
export async function countKnown(
  samples: readonly Sample[],
  { data, threshold }: ModelMetadata,
): Promise<KnownCounts> {
  const hashes = (await hashImages(samples)).map(shortHash);
  const among = (known: readonly string[] = []) => {
    const set = new Set(known);
    return hashes.filter((hash) => set.has(hash)).length;
  };
  return { learned: among(data.learned), calibrated: among(threshold?.images) };
}

/** Of each hash, whether it came before. */
export function copiesAmong(hashes: readonly string[]): boolean[] {
  const before = new Set<string>();
  return hashes.map((hash) => before.size === before.add(hash).size);
}

/** The good images of a folder, and which of them a model was trained on. */
export async function knownImages(images: string | Dataset, { data }: ModelMetadata): Promise<KnownImages> {
  const { root, train: samples } = typeof images === "string" ? await openDataset(images) : images;
  const hashes = await hashImages(samples);
  const fingerprint = fingerprintOf(samples, hashes);
  const learned = new Set(data.learned);
  const short = hashes.map(shortHash);
  const isSeen = short.map((hash) => learned.has(hash));
  const isCopy = copiesAmong(short).map((copy, i) => copy && !isSeen[i]);
  const isUnseen = (_: unknown, i: number) => !isSeen[i] && !isCopy[i];
  const isTrainingData = fingerprint.sha256 === data.sha256;
  return {
    root,
    fingerprint,
    isTrainingData,
    seen: samples.filter((_, i) => isSeen[i]),
    unseen: samples.filter(isUnseen),
    copies: isCopy.filter(Boolean).length,
    unseenHashes: short.filter(isUnseen),
    origin: isTrainingData ? "held out of training" : `of ${basename(resolve(root))}`,
  };
}
