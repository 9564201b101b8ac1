import { RsadError } from "../../errors.ts";
import { checkFields } from "../../fields.ts";
import { findArchitecture } from "../architectures/index.ts";
import { EMBEDDED } from "../embedded/index.ts";
import { IMAGENET_NORMALISATION } from "../normalisation.ts";
import type { Normalisation } from "../spec.ts";
import type { KnownFile, KnownWeights } from "./known-weights.ts";
import {
  allNames,
  checkedSpec,
  EMBEDDED_NAME,
  knownAs,
  openStore,
  REGISTRY_OPTIONS,
  type RegistryOptions,
  unknownBackbone,
} from "./lookup.ts";
import type { StoredSpec } from "./record.ts";
import type { Store, Stored } from "./store.ts";

export interface DescribedTap {
  readonly name: string;
  /** Left out where only the network itself could tell. */
  readonly channels?: number;
  /** Whether it is used where no taps are named. */
  readonly default: boolean;
}

/** What there is to say of a backbone without opening it. */
export interface BackboneInfo {
  readonly name: string;
  /** "ONNX" for a network that its file brings itself. */
  readonly architecture: string;
  /** "damaged": pulling or adding it again mends it. */
  readonly state: "here" | "absent" | "damaged";
  readonly source: string;
  readonly licence: string;
  /** What the licence does not allow. */
  readonly notice?: string;
  readonly trainedOn?: string;
  readonly normalisation: Normalisation;
  readonly taps: readonly DescribedTap[];
  /** Of the file that is here. */
  readonly file?: string;
  readonly bytes?: number;
  readonly sha256?: string;
  /** Where the weights can be fetched: the first file is the one that `pullBackbone` fetches. */
  readonly downloads: readonly KnownFile[];
}

/** All backbones: the embedded one, those known by name, and those added. Throws RSAD_PERMISSION_DENIED. */
export async function listBackbones(options: RegistryOptions = {}): Promise<BackboneInfo[]> {
  checkFields("listBackbones", options, REGISTRY_OPTIONS);
  const store = await openStore(options);
  const names = allNames(options, await store.names());
  const others = await Promise.all(names.map((name) => describeIn(store, name, options)));
  return [embedded(), ...others.filter((info) => info !== undefined)];
}

/** One of {@link listBackbones}. Throws RSAD_BACKBONE_MISSING for a name that is none of them. */
export async function describeBackbone(name: string, options: RegistryOptions = {}): Promise<BackboneInfo> {
  checkFields("describeBackbone", { name }, { name: "text" });
  checkFields("describeBackbone", options, REGISTRY_OPTIONS);
  if (name === EMBEDDED_NAME) return embedded();
  const store = await openStore(options);
  const names = allNames(options, await store.names());
  const info = names.includes(name) ? await describeIn(store, name, options) : undefined;
  if (info === undefined) throw unknownBackbone(name, [EMBEDDED_NAME, ...names]);
  return info;
}

function embedded(): BackboneInfo {
  const { name: architecture, source, licence, normalisation, sha256, bytes, taps } = EMBEDDED;
  return {
    name: EMBEDDED_NAME,
    architecture,
    state: "here",
    source,
    licence,
    normalisation,
    taps: taps.map((name) => ({ name, default: true })),
    bytes,
    sha256,
    downloads: [],
  };
}

/** undefined where the record has gone meanwhile. One that cannot be read, for whatever reason, hides no other. */
async function describeIn(
  store: Store,
  name: string,
  options: RegistryOptions,
): Promise<BackboneInfo | undefined> {
  const known = knownAs(name, options);
  try {
    const stored = await store.read(name);
    if (stored === undefined) return known && describeAbsent(known, "absent");
    return describeStored({ ...stored, spec: checkedSpec(name, stored.spec, known) }, known);
  } catch (error) {
    if (!(error instanceof RsadError)) throw error;
    return known === undefined ? unreadable(name, error) : describeAbsent(known, "damaged");
  }
}

function describeAbsent(known: KnownWeights, state: "absent" | "damaged"): BackboneInfo {
  const { files, ...rest } = known;
  return { ...rest, state, taps: tapsOf(known.architecture), downloads: files };
}

function describeStored({ spec, bytes }: Stored, known: KnownWeights | undefined): BackboneInfo {
  const { name = "", source = "not stated", licence = "not stated", notice, file, sha256 } = spec;
  return {
    name,
    architecture: spec.kind === "weights" ? spec.architecture : "ONNX",
    state: "here",
    source,
    licence,
    ...(notice !== undefined && { notice }),
    ...(known !== undefined && { trainedOn: known.trainedOn }),
    normalisation: spec.normalisation ?? IMAGENET_NORMALISATION,
    taps: spec.kind === "weights" ? tapsOf(spec.architecture, spec.taps) : ownTaps(spec),
    file,
    bytes,
    sha256,
    downloads: known?.files ?? [],
  };
}

function unreadable(name: string, { subject, message }: RsadError): BackboneInfo {
  return {
    name,
    architecture: "unknown",
    state: "damaged",
    source: message,
    licence: "unknown",
    normalisation: IMAGENET_NORMALISATION,
    taps: [],
    file: subject,
    downloads: [],
  };
}

function tapsOf(name: string, chosen?: readonly string[]): DescribedTap[] {
  const architecture = findArchitecture(name);
  if (architecture === undefined) return [];
  const used = chosen ?? architecture.defaultTaps;
  return architecture.taps.map((tap) => ({
    name: tap,
    channels: architecture.channelsOf(tap),
    default: used.includes(tap),
  }));
}

function ownTaps({ taps = [] }: StoredSpec): DescribedTap[] {
  return taps.map((name) => ({ name, default: true }));
}
