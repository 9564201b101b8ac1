import { PickleDict, PickleFunction, PickleList, type PickleWorld } from "../pickle/values.ts";
import { quote, type Refuse } from "../refuse.ts";
import type { Storage, StorageSize } from "../stored-tensor.ts";
import { StorageType, storageType } from "./storage-types.ts";
import { rebuildParameter, rebuildTensor, TorchStorage } from "./tensor.ts";

const STATE_DICT_ONLY =
  "Save the tensors alone, in Python: torch.save(model.state_dict(), FILE). Nothing else in a file is ever run.";

/** Where a container keeps the elements of a storage. Throws if there are none of that size. */
export type Locate = (key: string, size: StorageSize) => Storage["bytes"];

/** The few names that state dicts consist of, and references to storages. */
export function torchWorld(locate: Locate, refuse: Refuse): PickleWorld {
  const storages = new Map<string, TorchStorage>();
  const functions: Readonly<Record<string, PickleFunction>> = {
    "collections.OrderedDict": orderedDict(refuse),
    "torch._utils._rebuild_tensor": rebuildTensor(refuse),
    "torch._utils._rebuild_tensor_v2": rebuildTensor(refuse),
    "torch._utils._rebuild_parameter": rebuildParameter(refuse),
  };
  return {
    find(module, name) {
      const path = `${module}.${name}`;
      if (Object.hasOwn(functions, path)) return functions[path];
      const type = module === "torch" ? storageType(name) : undefined;
      if (type !== undefined) return type;
      throw refuse("tensors, texts and numbers only", `the Python object ${quote(path)}`, {
        hint: STATE_DICT_ONLY,
      });
    },
    load(reference) {
      const [kind, storageClass, key, , count, view] = Array.isArray(reference) ? reference : [];
      if (kind !== "storage" || !(storageClass instanceof StorageType) || typeof key !== "string") {
        throw refuse("references to storages only", "another one", { hint: STATE_DICT_ONLY });
      }
      if (!Number.isSafeInteger(count) || count < 0) throw refuse("storages with a size", "one without");
      if (view !== undefined && view !== null) throw refuse("whole storages", "a part of one");
      const { type } = storageClass;
      const known = storages.get(key);
      if (known !== undefined && (known.type !== type || known.count !== count)) {
        throw refuse("storages of one type and size", `two about storage ${quote(key)}`);
      }
      if (known !== undefined) return known;
      const storage = new TorchStorage({ type, count, bytes: locate(key, { type, count }) });
      storages.set(key, storage);
      return storage;
    },
  };
}

/** Pairs that all OrderedDicts of a file may be made from together: a list of them can be named again and again. */
const MOST_PAIRS = 500_000;

/** An empty one, or Python 2's from a list of pairs. */
function orderedDict(refuse: Refuse): PickleFunction {
  let total = 0;
  return new PickleFunction(([pairs]) => {
    const dict = new PickleDict();
    if (pairs === undefined) return dict;
    for (const pair of pairs instanceof PickleList ? pairs.items : [undefined]) {
      if (++total > MOST_PAIRS) throw refuse("an intact pickle", `more than ${MOST_PAIRS} pairs`);
      const items = pair instanceof PickleList ? pair.items : pair;
      if (!Array.isArray(items) || items.length !== 2)
        throw refuse("an OrderedDict of pairs", "something else");
      dict.items.push(...items);
    }
    return dict;
  });
}
