import { RsadError } from "../../errors.ts";
import { checkFields } from "../../fields.ts";
import { reservedName } from "./add.ts";
import {
  allNames,
  EMBEDDED_NAME,
  knownAs,
  openStore,
  REGISTRY_OPTIONS,
  type RegistryOptions,
  unknownBackbone,
} from "./lookup.ts";
import { isName } from "./name.ts";

export interface RemoveOptions extends RegistryOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Deletes what was pulled or added under `name`, also what an interrupted download left. Throws RSAD_BACKBONE_MISSING
 * where there is nothing, RSAD_ARGUMENT_INVALID for the embedded one, RSAD_PERMISSION_DENIED, and the signal's reason.
 */
export async function removeBackbone(name: string, options: RemoveOptions = {}): Promise<void> {
  checkFields("removeBackbone", { name }, { name: "text" });
  checkFields("removeBackbone", options, { ...REGISTRY_OPTIONS, signal: "signal?" });
  if (name === EMBEDDED_NAME) throw reservedName();
  const store = await openStore(options);
  const stored = await store.names();
  const isKnown = knownAs(name, options) !== undefined;
  if (!isName(name) || !(isKnown || stored.includes(name)))
    throw unknownBackbone(name, allNames(options, stored));
  if (await store.locked(name, options, () => store.remove(name))) return;
  throw new RsadError("RSAD_BACKBONE_MISSING", {
    subject: `the backbone ${name}`,
    expected: "something to remove",
    received: "nothing",
    hint: "`rsad backbones list` shows what is there.",
  });
}
