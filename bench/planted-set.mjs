import { link, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Random } from "../dist/random.js";

/**
 * Two data sets of symbolic links below `out`, made of one in the layout of MVTec AD: `clean` with its good training images, and
 * `planted` with defects among them, so that these are `share` of the good set. They are drawn from all test defects alike, and
 * neither test set holds them any more; where a good image has the same name, the type stands before it. Returns their names,
 * `train/good/<file>`, which are in planted.txt as well.
 */
export async function makePlantedSets({ train, test }, { out, share, seed }) {
  const defects = test.filter(({ type }) => type !== "good");
  const count = Math.round((share / (1 - share)) * train.length);
  const order = new Random(seed, "planted").permutation(defects.length);
  const planted = new Set(Array.from(order.subarray(0, count), (at) => defects[at]));
  const left = test.filter((sample) => !planted.has(sample));
  const taken = new Set(train.map(({ path }) => basename(path)));
  const nameOf = ({ path, type }) =>
    taken.has(basename(path)) ? `${type}-${basename(path)}` : basename(path);
  const good = new Map(train.map((sample) => [sample, basename(sample.path)]));
  const mixed = new Map([...good, ...[...planted].map((sample) => [sample, nameOf(sample)])]);
  for (const [name, samples] of Object.entries({ clean: good, planted: mixed })) {
    const folder = join(out, name);
    await rm(folder, { recursive: true, force: true });
    for (const [{ path }, file] of samples) await place(path, join(folder, "train", "good", file));
    for (const { path, type, mask } of left) {
      await place(path, join(folder, "test", type, basename(path)));
      if (mask !== undefined) await place(mask, join(folder, "ground_truth", type, basename(mask)));
    }
  }
  const names = [...planted].map((sample) => `train/good/${nameOf(sample)}`).sort();
  await writeFile(join(out, "planted.txt"), `${names.join("\n")}\n`);
  return names;
}

/** A link, symbolic where the system lets one make it. Two files of one name are an error. */
async function place(from, to) {
  await mkdir(dirname(to), { recursive: true });
  await symlink(resolve(from), to).catch((error) => {
    if (error.code !== "EPERM") throw error;
    return link(from, to);
  });
}
