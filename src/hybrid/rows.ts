/** Vectors of `width` numbers, one after the other. */
export interface Rows {
  readonly data: Float32Array;
  readonly width: number;
}

export function rowCount({ data, width }: Rows): number {
  return data.length / width;
}

/** Collects rows of which it is not known beforehand how many there will be. */
export class RowCollector {
  readonly #parts: Float32Array[] = [];
  readonly #width: number;

  constructor(width: number) {
    this.#width = width;
  }

  /** Adds the first `width` numbers of the given rows of a matrix. */
  add({ data, width }: Rows, indices: ArrayLike<number>): void {
    const part = new Float32Array(indices.length * this.#width);
    for (let i = 0; i < indices.length; i++) {
      const start = indices[i]! * width;
      part.set(data.subarray(start, start + this.#width), i * this.#width);
    }
    this.#parts.push(part);
  }

  rows(): Rows {
    const data = new Float32Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      data.set(part, at);
      at += part.length;
    }
    return { data, width: this.#width };
  }
}
