import type { Refuse } from "../refuse.ts";

/** The values that a pickle's instructions leave for each other, above each other's marks. */
export class Stack {
  readonly #refuse: Refuse;
  readonly #below: unknown[][] = [];
  #values: unknown[] = [];

  constructor(refuse: Refuse) {
    this.#refuse = refuse;
  }

  push(value: unknown): void {
    this.#values.push(value);
  }

  pop(): unknown {
    if (this.#values.length === 0) throw this.#empty();
    return this.#values.pop();
  }

  top(): unknown {
    if (this.#values.length === 0) throw this.#empty();
    return this.#values.at(-1);
  }

  /** The topmost values, the highest last. */
  popMany(count: number): unknown[] {
    if (this.#values.length < count) throw this.#empty();
    return this.#values.splice(-count, count);
  }

  mark(): void {
    this.#below.push(this.#values);
    this.#values = [];
  }

  /** Everything above the last mark, which goes too. */
  popMark(): unknown[] {
    const above = this.#values;
    const below = this.#below.pop();
    if (below === undefined) throw this.#empty();
    this.#values = below;
    return above;
  }

  #empty(): Error {
    return this.#refuse("an intact pickle", "an instruction without the values that it works on");
  }
}
