const DROPPED_BITS = 7;
const PAGE_BITS = 12;
const PAGE_SIZE = 2 ** PAGE_BITS;
const PAGES = 2 ** (32 - DROPPED_BITS - PAGE_BITS);
const SIGN = 2 ** (31 - DROPPED_BITS);

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/**
 * Weights by float32 value, in 17 significant bits: values that agree in these (a relative difference below 1.6e-5,
 * which is less than a map's own rounding errors) count as equal. So any number of pixels takes the same memory: 4,096
 * weights for each page of neighbouring values that occur, a few megabytes for maps in practice.
 */
export class ValueHistogram {
  readonly #pages = new Array<Float64Array | undefined>(PAGES).fill(undefined);
  #total = 0;

  /** `value` may be infinite, but not NaN. */
  add(value: number, weight = 1): void {
    const bin = binOf(value);
    let page = this.#pages[bin >>> PAGE_BITS];
    if (page === undefined) {
      page = new Float64Array(PAGE_SIZE);
      this.#pages[bin >>> PAGE_BITS] = page;
    }
    page[bin & (PAGE_SIZE - 1)]! += weight;
    this.#total += weight;
  }

  addAll(other: ValueHistogram): void {
    other.#pages.forEach((from, index) => {
      if (from === undefined) return;
      const to = this.#pages[index];
      if (to === undefined) this.#pages[index] = from.slice();
      else for (let i = 0; i < PAGE_SIZE; i++) to[i]! += from[i]!;
    });
    this.#total += other.#total;
  }

  /** The sum of all weights. */
  get total(): number {
    return this.#total;
  }

  /** Calls `visit` for every value that has a weight in either histogram, from the greatest value downwards. */
  static descending(
    one: ValueHistogram,
    other: ValueHistogram,
    visit: (value: number, weightInOne: number, weightInOther: number) => void,
  ): void {
    for (let index = PAGES - 1; index >= 0; index--) {
      const a = one.#pages[index];
      const b = other.#pages[index];
      if (a === undefined && b === undefined) continue;
      for (let i = PAGE_SIZE - 1; i >= 0; i--) {
        const inOne = a?.[i] ?? 0;
        const inOther = b?.[i] ?? 0;
        if (inOne !== 0 || inOther !== 0) visit(valueOfBin(index * PAGE_SIZE + i), inOne, inOther);
      }
    }
  }
}

/** A float32's bits as an integer that orders as the numbers do, both zeros equal, less the dropped bits. */
function binOf(value: number): number {
  float[0] = value;
  const magnitude = (bits[0]! & 0x7fffffff) >>> DROPPED_BITS;
  return bits[0]! < 0 ? SIGN - magnitude : SIGN + magnitude;
}

function valueOfBin(bin: number): number {
  bits[0] = Math.abs(bin - SIGN) << DROPPED_BITS;
  return bin < SIGN ? -float[0]! : float[0]!;
}
