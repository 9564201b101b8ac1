import { join } from "node:path";
import { didYouMean } from "../../did-you-mean.ts";
import { RsadError } from "../../errors.ts";
import type { Fields } from "../../fields.ts";
import { cacheFolder } from "../cache.ts";
import type { BackboneSpec } from "../spec.ts";
import { fetchByHand } from "./failed-download.ts";
import { KNOWN } from "./known.ts";
import { describeKnown, hasHash, type KnownWeights } from "./known-weights.ts";
import type { StoredSpec } from "./record.ts";
import { Store } from "./store.ts";

/** The name of the backbone that comes along. */
export const EMBEDDED_NAME = "embedded";

export interface RegistryOptions {
  /** Where backbones are kept, in the folder `backbones`; RSAD_CACHE_DIR or the platform's cache folder if left out. */
  readonly cacheDir?: string | undefined;
  /** The weights that are known by name; rsad's own if left out. */
  readonly known?: readonly KnownWeights[] | undefined;
}

export const REGISTRY_OPTIONS: Fields<RegistryOptions> = { cacheDir: "path?", known: "list?" };

export async function openStore({ cacheDir }: RegistryOptions): Promise<Store> {
  const folder = cacheDir ?? (await cacheFolder());
  if (folder !== undefined) return new Store(join(folder, "backbones"));
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "the environment variable RSAD_CACHE_DIR",
    expected: "a folder to keep backbones in",
    received: "nothing, and this user has no home folder",
    hint: "Set it to a folder that can be written.",
  });
}

/**
 * The specification of a registered backbone. Throws RSAD_BACKBONE_MISSING for a name that is not there, with how to get
 * it, or that nobody knows, with the nearest one; RSAD_BACKBONE_INVALID where what is there is damaged.
 */
export async function findBackbone(name: string, options: RegistryOptions = {}): Promise<BackboneSpec> {
  if (name === EMBEDDED_NAME) return { kind: "embedded" };
  const store = await openStore(options);
  const known = knownAs(name, options);
  const stored = await store.read(name);
  if (stored !== undefined) return checkedSpec(name, stored.spec, known);
  if (known === undefined)
    throw unknownBackbone(name, [EMBEDDED_NAME, ...allNames(options, await store.names())], { orFile: true });
  throw new RsadError("RSAD_BACKBONE_MISSING", {
    subject: `the backbone ${name}`,
    expected: "weights",
    received: "none",
    hint: `\`rsad backbones pull ${name}\` downloads them. Without a network, ${fetchByHand(known.files[0], name)}`,
  });
}

/**
 * Under a name that is known, what is known counts, not what a record says. Throws RSAD_BACKBONE_INVALID where the file
 * is another.
 */
export function checkedSpec(name: string, spec: StoredSpec, known: KnownWeights | undefined): StoredSpec {
  if (known === undefined) return { ...spec, name };
  const { file, sha256 } = spec;
  if (known.files.some((candidate) => hasHash(candidate, sha256))) {
    return { kind: "weights", file, sha256, ...describeKnown(known) };
  }
  throw new RsadError("RSAD_BACKBONE_INVALID", {
    subject: file,
    expected: `the SHA-256 ${known.files.map((candidate) => candidate.sha256).join(" or ")}`,
    received: sha256,
    hint: `These are not the weights of that name. Remove them with \`rsad backbones remove ${name}\`.`,
  });
}

export function knownAs(name: string, { known = KNOWN }: RegistryOptions): KnownWeights | undefined {
  return known.find((candidate) => candidate.name === name);
}

/** Names of the known weights and of the stored ones, each once. */
export function allNames({ known = KNOWN }: RegistryOptions, stored: readonly string[]): string[] {
  return [...new Set([...known.map(({ name }) => name), ...stored])];
}

/** `orFile`: whether the user could have meant a file. */
export function unknownBackbone(name: string, names: readonly string[], { orFile = false } = {}): RsadError {
  const file = ` A file whose name has no ending is written with its folder, ./${name}.`;
  return new RsadError("RSAD_BACKBONE_MISSING", {
    subject: "the backbone",
    expected: `a name that \`rsad backbones list\` shows${orFile ? ", or a file" : ""}`,
    received: name,
    hint: `${didYouMean(name, names)}The list shows all names.${orFile ? file : ""}`,
  });
}
