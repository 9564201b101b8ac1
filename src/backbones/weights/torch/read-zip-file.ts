import { ELEMENT_BYTES } from "../element-type.ts";
import { Cursor } from "../pickle/cursor.ts";
import { LONGEST_PICKLE, unpickle } from "../pickle/unpickle.ts";
import { ACCEPTED, quote, type Refuse } from "../refuse.ts";
import type { StoredTensor } from "../stored-tensor.ts";
import { stateDict } from "./state-dict.ts";
import { torchWorld } from "./world.ts";
import { readZip, type ZipEntry } from "./zip.ts";

const OBJECT = "data.pkl";

/**
 * The container of PyTorch 1.6 and later: a zip archive with one folder, in it the object's pickle, `data/KEY` for each
 * storage, and `byteorder`, which older versions do not write.
 */
export async function readTorchZip(bytes: Buffer, refuse: Refuse): Promise<Map<string, StoredTensor>> {
  const entries = await readZip(bytes, refuse);
  const folder = torchFolder([...entries.keys()], refuse);
  const byteOrder = entries.get(`${folder}byteorder`);
  if (byteOrder !== undefined) {
    const order = new TextDecoder().decode(byteOrder.bytes().subarray(0, 16));
    if (order !== "little") throw refuse("little-endian numbers", quote(order), { hint: ACCEPTED });
  }
  const pickle = entries.get(folder + OBJECT)!;
  if (pickle.size > LONGEST_PICKLE) {
    throw refuse(`a pickle of at most ${LONGEST_PICKLE} bytes`, `one of ${pickle.size}`);
  }
  const world = torchWorld((key, { type, count }) => {
    const entry = entries.get(`${folder}data/${key}`);
    const size = count * ELEMENT_BYTES[type];
    if (entry?.size !== size) throw refuse(`${size} bytes of storage ${quote(key)}`, have(entry));
    return entry.bytes;
  }, refuse);
  return stateDict(unpickle(new Cursor(pickle.bytes(), refuse), world, refuse), refuse);
}

function have(entry: ZipEntry | undefined): string {
  return entry === undefined ? "none" : `${entry.size}`;
}

function torchFolder(names: readonly string[], refuse: Refuse): string {
  const folders = names.filter((name) => name.endsWith(`/${OBJECT}`));
  const folder = folders[0]?.slice(0, -OBJECT.length);
  if (folder === undefined || folders.length > 1 || folder.indexOf("/") !== folder.length - 1) {
    const found = names.slice(0, 3).map(quote).join(", ");
    throw refuse("an archive that torch.save wrote", `one of ${names.length} files: ${found}`, {
      hint: ACCEPTED,
    });
  }
  if (names.includes(`${folder}constants.pkl`)) {
    throw refuse("weights that torch.save wrote", "a TorchScript program, which torch.jit.save wrote", {
      hint: "Save its weights alone, in Python: torch.save(torch.jit.load(FILE).state_dict(), OTHER).",
    });
  }
  return folder;
}
