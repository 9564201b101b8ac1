import { ELEMENT_BYTES } from "../element-type.ts";
import { Cursor } from "../pickle/cursor.ts";
import { LONGEST_PICKLE, unpickle } from "../pickle/unpickle.ts";
import { PickleDict, PickleList } from "../pickle/values.ts";
import { ACCEPTED, quote, type Refuse } from "../refuse.ts";
import type { StorageSize, StoredTensor } from "../stored-tensor.ts";
import { stateDict } from "./state-dict.ts";
import { torchWorld } from "./world.ts";

const MAGIC = 0x1950a86a20f9469cfc6cn;
const VERSION = 1001;

/**
 * The container of PyTorch before 1.6, which torchvision's older files have: pickles of a magic number, a version, facts of
 * the machine, the object, and the keys of the storages; then for each key in that order the number of elements (64 bits)
 * and the elements.
 */
export function readTorchLegacy(bytes: Uint8Array, refuse: Refuse): Map<string, StoredTensor> {
  const wanted = new Map<string, StorageSize>();
  const found = new Map<string, Uint8Array>();
  const world = torchWorld((key, size) => {
    wanted.set(key, size);
    return () => found.get(key)!;
  }, refuse);
  let at = 0;
  const next = () => {
    const cursor = new Cursor(bytes.subarray(0, at + LONGEST_PICKLE), refuse, at);
    const value = unpickle(cursor, world, refuse);
    at = cursor.at;
    return value;
  };

  if (next() !== MAGIC) throw refuse("a file that torch.save wrote", "a pickle of something else");
  const version = next();
  if (version !== VERSION) throw refuse(`version ${VERSION} of the format`, "another");
  const machine = next();
  if (machine instanceof PickleDict && machine.byName().get("little_endian") === false) {
    throw refuse("little-endian numbers", "big-endian ones", { hint: ACCEPTED });
  }
  const tensors = stateDict(next(), refuse);
  const keys = next();
  const cursor = new Cursor(bytes, refuse, at);
  for (const key of keys instanceof PickleList ? keys.items : []) {
    const size = typeof key === "string" && !found.has(key) ? wanted.get(key) : undefined;
    if (size === undefined) throw refuse("storages that the object refers to", "another");
    const count = cursor.uint64();
    if (count !== size.count)
      throw refuse(`${size.count} elements in storage ${quote(key as string)}`, count);
    found.set(key as string, cursor.take(count * ELEMENT_BYTES[size.type]));
  }
  for (const key of wanted.keys()) {
    if (!found.has(key)) throw refuse(`storage ${quote(key)} in the file`, "none");
  }
  return tensors;
}
