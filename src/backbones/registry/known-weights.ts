import type { Normalisation, WeightsBackboneSpec } from "../spec.ts";

/** What is known of a file before it is there. */
export interface KnownFile {
  readonly url: string;
  /** Bytes; where no public source states them exactly, only rounded to a thousandth of a MiB. */
  readonly size: { readonly bytes: number } | { readonly mebibytes: number };
  /**
   * Hexadecimal SHA-256: all 64 digits or, where no public source states the rest, the first 8, which torchvision puts
   * into its files' names and which torch.hub itself checks.
   */
  readonly sha256: string;
}

/** Weights with a name: the same numbers, in whatever file. */
export interface KnownWeights {
  readonly name: string;
  readonly architecture: string;
  readonly trainedOn: string;
  /** Who published them, and where that is said. */
  readonly source: string;
  readonly licence: string;
  /** What the licence, or the licence of the training data, does not allow; left out where use is free. */
  readonly notice?: string;
  readonly normalisation: Normalisation;
  /** The first is the one that is downloaded; the others are recognised. */
  readonly files: readonly [KnownFile, ...KnownFile[]];
}

/** Whether the digest of a file, 64 hexadecimal digits, is the one that is known of `file`. */
export function hasHash(file: KnownFile, sha256: string): boolean {
  return sha256.startsWith(file.sha256);
}

/** Whether the whole digest is known, not just its start. */
export function isHashWhole({ sha256 }: KnownFile): boolean {
  return sha256.length === 64;
}

/** The least and the most bytes that the file can have. */
export function sizeRange({ size }: KnownFile): readonly [number, number] {
  if ("bytes" in size) return [size.bytes, size.bytes];
  return [-0.0005, 0.0005].map((off) => Math.round((size.mebibytes + off) * 2 ** 20)) as [number, number];
}

/** The weights that a file of this SHA-256 holds, undefined where it is none of them. */
export function findByHash(known: readonly KnownWeights[], sha256: string): KnownWeights | undefined {
  return known.find(({ files }) => files.some((file) => hasHash(file, sha256)));
}

/** What a specification says of known weights. */
export function describeKnown(
  known: KnownWeights,
): Pick<WeightsBackboneSpec, "name" | "architecture" | "normalisation" | "source" | "licence" | "notice"> {
  const { name, architecture, normalisation } = known;
  return { name, architecture, normalisation, ...termsOf(known) };
}

/** Where known weights come from and what may be done with them, which no other description changes. */
export function termsOf({
  source,
  licence,
  notice,
}: KnownWeights): Pick<WeightsBackboneSpec, "source" | "licence" | "notice"> {
  return { source, licence, ...(notice !== undefined && { notice }) };
}
