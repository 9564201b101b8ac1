/** Vectors of `width` numbers, one after the other. */
export interface Rows {
  readonly data: Float32Array;
  readonly width: number;
}

export function rowCount({ data, width }: Rows): number {
  return data.length / width;
}

/**
 * Collects rows, on twice the space whenever there are more than expected. Space for rows that do not come counts as allocated, and most
 * systems provide memory for it only where something is written.
 */
export class RowCollector {
  readonly #width: number;
  #data: Float32Array;
  #used = 0;

  constructor(width: number, expected: number) {
    this.#width = width;
    this.#data = new Float32Array(expected * width);
  }

  /** Adds the first `width` numbers of the given rows of a matrix. */
  add({ data, width }: Rows, indices: ArrayLike<number>): void {
    const needed = this.#used + indices.length * this.#width;
    if (needed > this.#data.length) {
      const larger = new Float32Array(Math.max(2 * this.#data.length, needed));
      larger.set(this.#data.subarray(0, this.#used));
      this.#data = larger;
    }
    for (let i = 0; i < indices.length; i++) {
      const start = indices[i]! * width;
      this.#data.set(data.subarray(start, start + this.#width), this.#used);
      this.#used += this.#width;
    }
  }

  rows(): Rows {
    return { data: this.#data.subarray(0, this.#used), width: this.#width };
  }
}
