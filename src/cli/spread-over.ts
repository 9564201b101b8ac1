/** At most so many, evenly spread over all. */
export function spreadOver<Item>(all: readonly Item[], most: number): Item[] {
  const count = Math.min(all.length, most);
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]!);
}
