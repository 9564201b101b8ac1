import { createRequire } from "node:module";
import type { BackboneSpec } from "../backbones/index.ts";
import type { Dataset } from "../datasets/index.ts";
import { VERSION } from "../version.ts";
import type { CellBackbone } from "./backbones.ts";
import type { CellResult, UsedBackbone, Variant } from "./results.ts";
import { sha256 } from "./sha256.ts";

/** One variant on one class with one backbone and one seed. */
export interface Cell {
  readonly suite: string;
  readonly class: string;
  readonly dataset: Dataset;
  readonly backbone: UsedBackbone;
  readonly spec: BackboneSpec;
  readonly variant: Variant;
  readonly seed: number;
  readonly threads: number;
  /** Whether it is shown in the qualitative figure. */
  readonly shown: boolean;
  /** Stands for everything that the measures depend on; see {@link cellKey}. */
  readonly key: string;
  /** Cells of one kind, that is variant and backbone, need about the same time and memory. */
  readonly kind: string;
  /** Stands for everything that the stored features depend on; cells of the same one share them. */
  readonly features: string;
}

/** What names a cell among those of a run. */
export type CellName = Pick<CellResult, "class" | "variant" | "seed"> & { readonly backbone: string };

export function nameOf(cell: Cell): CellName {
  return { class: cell.class, backbone: cell.backbone.id, variant: cell.variant.id, seed: cell.seed };
}

/** The same of a finished cell. */
export function nameOfResult({ class: className, backbone, variant, seed }: CellResult): CellName {
  return { class: className, backbone: backbone.id, variant, seed };
}

/** The cell in words, for errors and progress. */
export function describeCell(cell: CellName): string {
  return `${cell.variant} on ${cell.class} with ${cell.backbone}, seed ${cell.seed}`;
}

/** The runtime's version, without loading it. */
export function runtimeVersion(): string {
  return createRequire(import.meta.url)("onnxruntime-node/package.json").version;
}

/** What a cell's measures and its features depend on. */
export interface Ingredients {
  /** Of {@link fingerprintClass}. */
  readonly data: string;
  readonly backbone: CellBackbone;
  readonly variant: Variant;
  readonly seed: number;
  readonly threads: number;
}

/**
 * SHA-256 over all that a cell's measures depend on: the class's images and masks, the network, its layers, where they look, and normalisation,
 * the recipe, the number of training images, seed and threads, and the versions of rsad and the runtime. Where the files
 * lie, what things are called and the machine are no part of it.
 */
export function cellKey(from: Ingredients): string {
  const { recipe, trainImages } = from.variant;
  return sha256({ ...common(from), recipe, trainImages, seed: from.seed, grids: from.backbone.grids });
}

/** The same for the features that training reads. */
export function featuresKey(from: Ingredients): string {
  const { preprocessing, aggregation } = from.variant.recipe;
  return sha256({ ...common(from), preprocessing, aggregation });
}

function common({ data, backbone: { used, spec }, threads }: Ingredients) {
  const { sha256, taps } = used;
  const { normalisation, architecture } = { normalisation: undefined, architecture: undefined, ...spec };
  const backbone = { sha256, taps, normalisation, architecture };
  return { data, backbone, threads, rsad: VERSION, onnxruntime: runtimeVersion() };
}
