import { floatOf, orderedOf } from "./float-order.ts";

const LEAF_BITS = 6;
const LEAF_SIZE = 2 ** LEAF_BITS;
const ROOT_SIZE = 2 ** 16;
const MOST_DROPPED_BITS = 7;
const MOST_LEAVES = 2 ** 14;
const INFINITY = 0x7f800000;
/** No bin is that high. */
const NO_LEAF = 0x7fffffff;

/** What {@link ValueHistogram.descending} reports for each value. */
export type Visit = (value: number, weightInOne: number, weightInOther: number) => void;

/**
 * Weights by float32 value, in memory that does not grow with the number of values. Values stay apart to their last bit
 * while they fall into no more than 16,384 groups of 64 neighbours; beyond that neighbouring values are joined, down to 17
 * significant bits (a relative difference below 1.6e-5, less than a map's own rounding errors). So values that
 * lie close together, such as scores just below 1, keep all their bits. At 17 bits a dense octave takes half a megabyte.
 */
export class ValueHistogram {
  /** Values as integers that order as the numbers do, less this many bits, are the bins. */
  #dropped = 0;
  /** By a bin's highest 16 bits: where the leaves below it are. */
  #branches = new Array<Int32Array | undefined>(ROOT_SIZE).fill(undefined);
  /** Leaf after leaf; the first is never used, so that 0 means "none". */
  #weights = new Float64Array(LEAF_SIZE * 16);
  #leaves = 1;
  #total = 0;

  /** `value` may be infinite, but not NaN. */
  add(value: number, weight = 1): void {
    this.#add(orderedOf(value), weight);
  }

  /**
   * Adds `weight` for each of the values `from` to before `to`, given as the bits of float32 numbers, and returns how many
   * of them there are, NaNs left out.
   */
  addRun(values: Int32Array, from: number, to: number, weight = 1): number {
    let added = 0;
    let leaf = NO_LEAF;
    let offset = 0;
    let dropped = this.#dropped;
    let weights = this.#weights;
    for (let i = from; i < to; i++) {
      const pattern = values[i]!;
      const magnitude = pattern & 0x7fffffff;
      if (magnitude > INFINITY) continue;
      const bin = (pattern < 0 ? -magnitude : magnitude) >> dropped;
      if (bin >> LEAF_BITS !== leaf) {
        offset = this.#offset(bin);
        if (offset === 0) {
          // No room at this resolution: the value comes again at the next.
          dropped = this.#dropped;
          leaf = NO_LEAF;
          i--;
          continue;
        }
        leaf = bin >> LEAF_BITS;
        weights = this.#weights;
      }
      weights[offset + (bin & (LEAF_SIZE - 1))]! += weight;
      added++;
    }
    this.#total += added * weight;
    return added;
  }

  addAll(other: ValueHistogram): void {
    if (other.#dropped > this.#dropped) this.#coarsen(other.#dropped);
    other.#visit((ordered, weight) => this.#add(ordered, weight));
  }

  /** The sum of all weights. */
  get total(): number {
    return this.#total;
  }

  /** The least value of the bin that `value`, which is not NaN, falls into. */
  floor(value: number): number {
    return floatOf((orderedOf(value) >> this.#dropped) << this.#dropped);
  }

  /**
   * Calls `visit` for every value that has a weight in either histogram, from the greatest value downwards. Joined values
   * are reported as the least that would fall among them.
   */
  static descending(one: ValueHistogram, other: ValueHistogram, visit: Visit): void {
    const dropped = Math.max(one.#dropped, other.#dropped);
    const [a, b] = [one.#at(dropped), other.#at(dropped)];
    for (let root = ROOT_SIZE - 1; root >= 0; root--) {
      const [inOne, inOther] = [a.#branches[root], b.#branches[root]];
      const leaves = inOne?.length ?? inOther?.length ?? 0;
      for (let leaf = leaves - 1; leaf >= 0; leaf--) {
        const [offsetA, offsetB] = [inOne?.[leaf] ?? 0, inOther?.[leaf] ?? 0];
        if (offsetA === 0 && offsetB === 0) continue;
        for (let i = LEAF_SIZE - 1; i >= 0; i--) {
          const [weightA, weightB] = [a.#weights[offsetA + i]!, b.#weights[offsetB + i]!];
          if (weightA === 0 && weightB === 0) continue;
          visit(floatOf(firstOf(root, leaf * LEAF_SIZE + i, dropped)), weightA, weightB);
        }
      }
    }
  }

  #add(ordered: number, weight: number): void {
    let bin: number;
    let offset: number;
    do {
      bin = ordered >> this.#dropped;
      offset = this.#offset(bin);
    } while (offset === 0);
    this.#weights[offset + (bin & (LEAF_SIZE - 1))]! += weight;
    this.#total += weight;
  }

  /** Where a bin's leaf begins. Makes it; 0 if that took joining bins instead. */
  #offset(bin: number): number {
    const depth = 16 - this.#dropped;
    const root = (bin >> depth) + ROOT_SIZE / 2;
    this.#branches[root] ??= new Int32Array(2 ** (depth - LEAF_BITS));
    const branch = this.#branches[root];
    const leaf = (bin & (2 ** depth - 1)) >> LEAF_BITS;
    if (branch[leaf] !== 0) return branch[leaf]!;
    if (this.#leaves > MOST_LEAVES && this.#dropped < MOST_DROPPED_BITS) {
      this.#coarsen(this.#dropped + 1);
      return 0;
    }
    const offset = this.#leaves++ * LEAF_SIZE;
    if (offset === this.#weights.length) {
      const longer = new Float64Array(2 * offset);
      longer.set(this.#weights);
      this.#weights = longer;
    }
    branch[leaf] = offset;
    return offset;
  }

  #coarsen(dropped: number): void {
    const joined = this.#at(dropped);
    this.#dropped = joined.#dropped;
    this.#branches = joined.#branches;
    this.#weights = joined.#weights;
    this.#leaves = joined.#leaves;
  }

  /** The same weights with at least so many bits dropped. */
  #at(dropped: number): ValueHistogram {
    if (dropped <= this.#dropped) return this;
    const joined = new ValueHistogram();
    joined.#dropped = dropped;
    this.#visit((ordered, weight) => joined.#add(ordered, weight));
    return joined;
  }

  #visit(visit: (ordered: number, weight: number) => void): void {
    this.#branches.forEach((branch, root) => {
      branch?.forEach((offset, leaf) => {
        if (offset === 0) return;
        for (let i = 0; i < LEAF_SIZE; i++) {
          const weight = this.#weights[offset + i]!;
          if (weight !== 0) visit(firstOf(root, leaf * LEAF_SIZE + i, this.#dropped), weight);
        }
      });
    });
  }
}

/** The least ordered integer in a bin, given its branch and its place there. */
function firstOf(root: number, place: number, dropped: number): number {
  return ((root - ROOT_SIZE / 2) << 16) + (place << dropped);
}
