import { closest, distance } from "fastest-levenshtein";

/**
 * "Did you mean ...? " with the one of `names` that takes the fewest edits to make out of `name`; empty where even that
 * takes more than one for every three letters, and more than two.
 */
export function didYouMean(name: string, names: readonly string[]): string {
  if (names.length === 0) return "";
  const typed = name.toLowerCase();
  const nearest = closest(typed, names);
  const isNear = distance(typed, nearest) <= Math.max(2, Math.round(typed.length / 3));
  return isNear ? `Did you mean ${nearest}? ` : "";
}
