/** What wrappers put before every name: data-parallel and compiled modules, training frameworks. */
const PREFIXES = ["module.", "_orig_mod.", "model.", "backbone."];

/** The tensors under their names in the network itself: a prefix that all of them have is taken off. */
export function plainNames<T>(tensors: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  const prefix = PREFIXES.find((start) => [...tensors.keys()].every((name) => name.startsWith(start)));
  if (prefix === undefined || tensors.size === 0) return tensors;
  return plainNames(new Map([...tensors].map(([name, tensor]) => [name.slice(prefix.length), tensor])));
}
