import { RsadError } from "../errors.ts";
import type { Wanted } from "./results.ts";
import { canonical } from "./sha256.ts";

/** Throws RSAD_ARGUMENT_INVALID where one name stands for two things in two folders: their cells must not meet in one table. */
export function checkSame(first: Wanted, second: Wanted, secondPath: string): void {
  const settings = ({ variants }: Wanted) =>
    variants.map(({ id, recipe, taps, trainImages }) => ({ id, what: { recipe, taps, trainImages } }));
  const networks = ({ backbones }: Wanted) =>
    backbones.map(({ id, sha256, taps }) => ({ id, what: { sha256, taps } }));
  for (const named of [settings, networks]) {
    for (const { id, what } of named(second)) {
      const other = named(first).find((each) => each.id === id);
      if (other === undefined || canonical(other.what) === canonical(what)) continue;
      throw new RsadError("RSAD_ARGUMENT_INVALID", {
        subject: `${id} in ${secondPath}`,
        expected: "the same settings under the same name in all folders",
        received: "other settings than in the folders before it",
        hint: "Name folders of the same version of rsad and the same backbones.",
      });
    }
  }
}
