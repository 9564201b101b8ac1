import { createHash } from "node:crypto";
import { checkFields } from "../fields.ts";
import { hashFile } from "../hash-file.ts";
import { groupBy } from "./check/group-by.ts";
import type { Sample } from "./dataset.ts";
import { compare } from "./list-images.ts";

export interface Fingerprint {
  readonly count: number;
  readonly sha256: string;
}

/**
 * Identifies a set of images by names and contents: SHA-256 over the line `<name>\0<SHA-256 of the file>\n` of each
 * sample, in name order, so that the order of `samples` and the place of their folder do not matter. Masks are left out.
 *
 * Throws RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED.
 */
export async function fingerprint(samples: readonly Sample[]): Promise<Fingerprint> {
  checkFields("fingerprint", { samples }, { samples: "list" });
  return fingerprintOf(samples, await hashImages(samples));
}

/** The same from what {@link hashImages} gave. */
export function fingerprintOf(samples: readonly Sample[], hashes: readonly string[]): Fingerprint {
  const total = createHash("sha256");
  const named = samples.map(({ name }, i) => ({ name, hash: hashes[i]! }));
  for (const { name, hash } of named.sort((a, b) => compare(a.name, b.name)))
    total.update(`${name}\0${hash}\n`);
  return { count: samples.length, sha256: total.digest("hex") };
}

/** SHA-256 of each image's file, hexadecimal, in order. Throws RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED. */
export async function hashImages(samples: readonly Sample[]): Promise<string[]> {
  const hashes: string[] = [];
  for (const { path } of samples) hashes.push(await hashFile(path));
  return hashes;
}

/** Places of images with the same content together, by what {@link hashImages} gave; ascending, and so are their first ones. */
export function placesByContent(hashes: readonly string[]): number[][] {
  return [...groupBy(Array.from(hashes.keys()), (place) => hashes[place]!).values()];
}
