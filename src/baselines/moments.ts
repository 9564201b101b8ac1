/**
 * Mean and covariance of many vectors at each of some positions, in double precision and one pass. Vectors are counted from
 * the first one that comes, so that their common size costs no digits. Memory: positions * size * (size + 1) / 2 * 8 bytes.
 */
export class Moments {
  readonly #size: number;
  readonly #positions: number;
  readonly #packed: number;
  readonly #sums: Float64Array;
  /** Of products, the lower triangle row by row, position by position. */
  readonly #products: Float64Array;
  #origin: Float32Array | undefined;
  #count = 0;

  constructor(positions: number, size: number) {
    this.#positions = positions;
    this.#size = size;
    this.#packed = (size * (size + 1)) / 2;
    this.#sums = new Float64Array(positions * size);
    this.#products = new Float64Array(positions * this.#packed);
  }

  /** Takes one vector for each position, [positions, size] row-major. */
  add(vectors: Float32Array): void {
    this.#origin ??= vectors.slice();
    this.#count += 1;
    const size = this.#size;
    const offset = new Float64Array(size);
    for (let position = 0; position < this.#positions; position++) {
      const start = position * size;
      let at = position * this.#packed;
      for (let i = 0; i < size; i++) {
        const value = vectors[start + i]! - this.#origin[start + i]!;
        offset[i] = value;
        this.#sums[start + i]! += value;
        for (let j = 0; j <= i; j++) this.#products[at++]! += value * offset[j]!;
      }
    }
  }

  mean(position: number): Float64Array {
    const size = this.#size;
    return Float64Array.from(
      this.#sums.subarray(position * size, (position + 1) * size),
      (sum, i) => this.#origin![position * size + i]! + sum / this.#count,
    );
  }

  /** The unbiased covariance as a full matrix; 0 where there is one vector alone. */
  covariance(position: number): Float64Array[] {
    const size = this.#size;
    const sums = this.#sums.subarray(position * size, (position + 1) * size);
    const rows = Array.from({ length: size }, () => new Float64Array(size));
    if (this.#count < 2) return rows;
    let at = position * this.#packed;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        const centred = this.#products[at++]! - (sums[i]! * sums[j]!) / this.#count;
        rows[i]![j] = centred / (this.#count - 1);
        rows[j]![i] = rows[i]![j]!;
      }
    }
    return rows;
  }
}
