import { RsadError } from "../../errors.ts";
import { checkFields, type Fields } from "../../fields.ts";
import { hashFile } from "../../hash-file.ts";
import type { OnProgress } from "../../progress.ts";
import { reservedName } from "./add.ts";
import { download } from "./download.ts";
import { describeKnown, type KnownWeights, sizeRange } from "./known-weights.ts";
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
import type { Store } from "./store.ts";

export interface PullOptions extends RegistryOptions {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which a connection that brings nothing is given up; 30 seconds if left out. */
  readonly timeout?: number | undefined;
}

export interface Pulled {
  readonly spec: StoredSpec;
  /** False where the weights were there already, intact. */
  readonly downloaded: boolean;
}

const OPTIONS: Fields<PullOptions> = {
  ...REGISTRY_OPTIONS,
  onProgress: "function?",
  signal: "signal?",
  timeout: "number?",
};

/**
 * Downloads known weights, unless they are there, and checks their size and hash. An interrupted download goes on where it
 * stopped; two at once wait for each other. Goes through the proxy that HTTPS_PROXY or HTTP_PROXY names, but not to hosts
 * that NO_PROXY names. Asks nothing: read the licence and notice of {@link describeBackbone} first. Throws
 * RSAD_DOWNLOAD_FAILED, RSAD_BACKBONE_MISSING (a name that is not known), RSAD_ARGUMENT_INVALID (one that cannot be
 * downloaded), RSAD_BACKBONE_INVALID (another process wrote to the file meanwhile), RSAD_DISK_FULL,
 * RSAD_PERMISSION_DENIED, and the signal's reason.
 */
export async function pullBackbone(name: string, options: PullOptions = {}): Promise<Pulled> {
  checkFields("pullBackbone", { name }, { name: "text" });
  checkFields("pullBackbone", options, OPTIONS);
  if (name === EMBEDDED_NAME) throw reservedName();
  const store = await openStore(options);
  const known = knownAs(name, options);
  if (known === undefined) throw await notToBePulled(name, store, options);
  const { signal, onProgress } = options;
  // Without the lock, which a folder that may only be read does not give.
  const there = await readIntact(store, known, signal);
  if (there !== undefined) return { spec: there, downloaded: false };
  const waiting = { phase: "waiting for another process", total: 1 };
  let waited = false;
  const onWait = () => {
    waited = true;
    onProgress?.({ ...waiting, done: 0 });
  };
  return store.locked(name, { signal, onWait }, async () => {
    if (waited) onProgress?.({ ...waiting, done: 1 });
    const arrived = await readIntact(store, known, signal);
    if (arrived !== undefined) return { spec: arrived, downloaded: false };
    const sha256 = await fetchPart(store, known, options);
    const spec = { kind: "weights", file: known.files[0].url, sha256, ...describeKnown(known) } as const;
    const stored = await store.put(name, store.part(name), spec);
    return { spec: stored.spec, downloaded: true };
  });
}

async function fetchPart(store: Store, known: KnownWeights, options: PullOptions): Promise<string> {
  const { signal, onProgress, timeout } = options;
  const [file] = known.files;
  // In megabytes, which people read more easily; a file of less than one counts as one.
  const total = Math.ceil(sizeRange(file)[1] / 1e6);
  const progress = { phase: "downloading, in MB", total };
  let shown = -1;
  const sha256 = await download(file, store.part(known.name), {
    name: known.name,
    signal,
    ...(timeout !== undefined && { timeout }),
    onBytes: (bytes) => {
      const done = Math.min(Math.floor(bytes / 1e6), total - 1);
      if (done !== shown) onProgress?.({ ...progress, done });
      shown = done;
    },
  });
  onProgress?.({ ...progress, done: total });
  return sha256;
}

/** What is there already, undefined where nothing is or where it is damaged. */
async function readIntact(
  store: Store,
  known: KnownWeights,
  signal: AbortSignal | undefined,
): Promise<StoredSpec | undefined> {
  try {
    const stored = await store.read(known.name);
    if (stored === undefined) return undefined;
    const spec = checkedSpec(known.name, stored.spec, known);
    return (await hashFile(spec.file, signal)) === spec.sha256 ? spec : undefined;
  } catch (error) {
    if (error instanceof RsadError && error.code === "RSAD_BACKBONE_INVALID") return undefined;
    throw error;
  }
}

async function notToBePulled(name: string, store: Store, options: RegistryOptions): Promise<RsadError> {
  const stored = await store.names();
  if (!stored.includes(name)) return unknownBackbone(name, allNames(options, stored));
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "the name of a backbone to download",
    expected: "known weights",
    received: `${name}, which was added from a file`,
    hint: "It is there already. `rsad backbones info` shows where.",
  });
}
