import { readDropList } from "../datasets/index.ts";
import type { Context } from "./context.ts";

/** The names in the list that --without names, if it is given; warns of a list without any. Throws as {@link readDropList}. */
export async function readWithout(file: string | undefined, context: Context): Promise<string[]> {
  if (file === undefined) return [];
  const names = await readDropList(file);
  if (names.length === 0) context.warn(`${file} names no image: nothing is left out.`);
  return names;
}
