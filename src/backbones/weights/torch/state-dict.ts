import { PickleDict, PickleList } from "../pickle/values.ts";
import { quote, type Refuse } from "../refuse.ts";
import type { StoredTensor } from "../stored-tensor.ts";
import { TorchTensor } from "./tensor.ts";

/** Where training scripts keep the state dict in a checkpoint; of a student and its teacher, the teacher is what they are for. */
const PLACES = ["state_dict", "model_state_dict", "model", "teacher", "network", "net"];
const MOST_SHOWN = 5;

/** The tensors of a state dict, or of the one inside a checkpoint. Throws RSAD_BACKBONE_INVALID where there is none. */
export function stateDict(value: unknown, refuse: Refuse): Map<string, StoredTensor> {
  const entries = value instanceof PickleDict ? value.byName() : new Map<string, unknown>();
  for (const candidate of [entries, ...PLACES.map((place) => entries.get(place))]) {
    const tensors = tensorsOf(candidate);
    if (tensors.size > 0) return tensors;
  }
  throw refuse(`tensors by name, at the top or under ${PLACES.join(", ")}`, describe(value), {
    hint: "Save the state dict, in Python: torch.save(model.state_dict(), FILE).",
  });
}

function tensorsOf(value: unknown): Map<string, StoredTensor> {
  const entries = value instanceof PickleDict ? value.byName() : value;
  if (!(entries instanceof Map)) return new Map();
  return new Map(
    [...entries].filter((entry): entry is [string, TorchTensor] => entry[1] instanceof TorchTensor),
  );
}

function describe(value: unknown): string {
  if (value instanceof TorchTensor) return "a single tensor";
  if (value instanceof PickleList || Array.isArray(value)) return "a list";
  if (!(value instanceof PickleDict)) return "something else";
  const names = [...value.byName().keys()].slice(0, MOST_SHOWN).map(quote);
  return names.length === 0 ? "none" : `a dict of ${names.join(", ")}`;
}
