import { quote, shapeText } from "./refuse.ts";
import type { StoredTensor } from "./stored-tensor.ts";

const MOST_SHOWN = 3;

/** What a file holds instead of a tensor: names that resemble its name, or examples of entirely different ones. */
export function describeMissing(name: string, tensors: ReadonlyMap<string, StoredTensor>): string {
  const show = (found: readonly string[]) =>
    found.map((other) => `${quote(other)} ${shapeText(tensors.get(other)!.shape)}`).join(", ");
  const names = [...tensors.keys()];
  const nearest = names
    .map((other) => ({ other, likeness: likeness(name, other) }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, MOST_SHOWN)
    .filter(({ likeness }) => likeness > 0.5)
    .map(({ other }) => other);
  const count = `${names.length} tensors`;
  if (nearest.length > 0) return `no such tensor; of its ${count}, the most alike are ${show(nearest)}`;
  return `no such tensor, nor one like it, but ${count} such as ${show(names.slice(0, MOST_SHOWN))}`;
}

/** The part of the longer name that start and end have in common, 0 to 1: prefixes and numbers are what differs. */
function likeness(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  let end = 0;
  while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end++;
  return (start + end) / long.length;
}
