/**
 * What a pickle can build here: numbers, text, null and booleans are JavaScript's own, a tuple is an array, a set is a list,
 * anything else is what {@link PickleWorld} made. Values may contain themselves.
 */
export class PickleList {
  readonly items: unknown[] = [];
}

export class PickleDict {
  /** Keys and values by turns, in the order in which they were set: smaller than a Map. */
  readonly items: unknown[] = [];

  /** The entries whose key is text; of equal keys the last one counts, as in Python. */
  byName(): Map<string, unknown> {
    const entries = new Map<string, unknown>();
    for (let i = 0; i < this.items.length; i += 2) {
      const key = this.items[i];
      if (typeof key === "string") entries.set(key, this.items[i + 1]);
    }
    return entries;
  }
}

/** Stands for bytes and long texts. */
export const UNREAD = Symbol("unread");

/** A function that a pickle may name and call. It is ours: it has only its name in common with Python's. */
export class PickleFunction {
  readonly call: (args: readonly unknown[]) => unknown;

  constructor(call: (args: readonly unknown[]) => unknown) {
    this.call = call;
  }
}

/** The meaning of the names and outside references in a pickle. */
export interface PickleWorld {
  /** Throws for every name that is not allowed. */
  find(module: string, name: string): unknown;
  /** The object that an outside reference stands for. */
  load(reference: unknown): unknown;
}
