import { closest } from "fastest-levenshtein";

/** The one of `names`, at least one, that takes the fewest edits to make out of `name`. */
export function nearest(name: string, names: readonly string[]): string {
  return closest(name.toLowerCase(), names);
}
