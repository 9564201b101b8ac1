import { floatOf, orderedOf } from "./float-order.ts";

const LEAF_BITS = 6;
const LEAF_SIZE = 2 ** LEAF_BITS;
const ROOTS = 2 ** 16;
const COARSE_BITS = 7;
const FINE_LEAVES = 2 ** (16 - LEAF_BITS);
const COARSE_LEAVES = FINE_LEAVES >> COARSE_BITS;
const MOST_FINE_LEAVES = 2 ** 14;
const MOST_FINE_BRANCHES = 2 ** 11;
const INFINITY = 0x7f800000;

/** What {@link ValueHistogram.descending} reports for each value. */
export type Visit = (value: number, weightInOne: number, weightInOther: number) => void;

/**
 * Weights by float32 value, in memory that does not grow with the number of values. Values stay apart to their last bit as
 * long as they fall into no more than 16,384 groups of 64 neighbours. Beyond that the least of them are joined with
 * their neighbours, to 17 significant bits (a relative difference below 1.6e-5, less than a map's own rounding errors). So the
 * greatest values, on which most depends, keep all their bits, and so do values that lie close together. At 17 bits a dense octave
 * takes half a megabyte.
 */
export class ValueHistogram {
  /** By a value's highest 16 bits (as an ordered integer): where the leaves below it are, fine or coarse. */
  #branches = new Array<Int32Array | undefined>(ROOTS).fill(undefined);
  /** Ordered integers from here on are bins of their own; below, 128 of them share one. A multiple of 65,536. */
  #fineFrom = -ROOTS * (ROOTS / 2);
  #fineLeaves = 0;
  #fineBranches = 0;
  /** Leaf after leaf; the first is never used, so that 0 means "none". */
  #weights = new Float64Array(LEAF_SIZE * 16);
  #end = LEAF_SIZE;
  /** Leaves given back, all zero. */
  #free: number[] = [];
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
    let first = 0;
    let last = -1;
    let shift = 0;
    let offset = 0;
    let weights = this.#weights;
    for (let i = from; i < to; i++) {
      const pattern = values[i]!;
      const magnitude = pattern & 0x7fffffff;
      if (magnitude > INFINITY) continue;
      const ordered = pattern < 0 ? -magnitude : magnitude;
      if (ordered < first || ordered > last) {
        offset = this.#leafOf(ordered);
        weights = this.#weights;
        shift = ordered < this.#fineFrom ? COARSE_BITS : 0;
        first = (ordered >> (shift + LEAF_BITS)) << (shift + LEAF_BITS);
        last = first + ((LEAF_SIZE << shift) - 1);
      }
      weights[offset + ((ordered - first) >> shift)]! += weight;
      added++;
    }
    this.#total += added * weight;
    return added;
  }

  addAll(other: ValueHistogram): void {
    this.#coarsenBelow(other.#fineFrom);
    for (let root = 0; root < ROOTS; root++) {
      const branch = other.#branches[root];
      if (branch === undefined) continue;
      for (let leaf = 0; leaf < branch.length; leaf++) {
        if (branch[leaf] === 0) continue;
        for (let i = 0; i < LEAF_SIZE; i++) {
          const weight = other.#weights[branch[leaf]! + i]!;
          if (weight !== 0) this.#add(firstOf(root, leaf * LEAF_SIZE + i, branch), weight);
        }
      }
    }
  }

  /** The sum of all weights. */
  get total(): number {
    return this.#total;
  }

  /** The least value of the bin that `value`, which is not NaN, falls into. */
  floor(value: number): number {
    const ordered = orderedOf(value);
    return floatOf(ordered < this.#fineFrom ? (ordered >> COARSE_BITS) << COARSE_BITS : ordered);
  }

  /**
   * Calls `visit` for every value that has a weight in either histogram, from the greatest value downwards. Joined values
   * are reported as the least that would fall among them.
   */
  static descending(one: ValueHistogram, other: ValueHistogram, visit: Visit): void {
    const fineFrom = Math.max(one.#fineFrom, other.#fineFrom);
    const [a, b] = [one.#at(fineFrom), other.#at(fineFrom)];
    for (let root = ROOTS - 1; root >= 0; root--) {
      const [inA, inB] = [a.#branches[root], b.#branches[root]];
      const branch = inA ?? inB;
      if (branch === undefined) continue;
      for (let leaf = branch.length - 1; leaf >= 0; leaf--) {
        const [offsetA, offsetB] = [inA?.[leaf] ?? 0, inB?.[leaf] ?? 0];
        if (offsetA === 0 && offsetB === 0) continue;
        for (let i = LEAF_SIZE - 1; i >= 0; i--) {
          const [weightA, weightB] = [a.#weights[offsetA + i]!, b.#weights[offsetB + i]!];
          if (weightA === 0 && weightB === 0) continue;
          visit(floatOf(firstOf(root, leaf * LEAF_SIZE + i, branch)), weightA, weightB);
        }
      }
    }
  }

  #add(ordered: number, weight: number): void {
    const offset = this.#leafOf(ordered);
    const bin = ordered < this.#fineFrom ? ordered >> COARSE_BITS : ordered;
    this.#weights[offset + (bin & (LEAF_SIZE - 1))]! += weight;
    this.#total += weight;
  }

  /** Where the leaf of a value begins; makes it, and room for it, if need be. */
  #leafOf(ordered: number): number {
    const isFine = ordered >= this.#fineFrom;
    const root = (ordered >> 16) + ROOTS / 2;
    const leaf = (ordered & 0xffff) >> (isFine ? LEAF_BITS : LEAF_BITS + COARSE_BITS);
    let branch = this.#branches[root];
    const known = branch === undefined ? 0 : branch[leaf]!;
    if (known !== 0) return known;
    if (isFine && (this.#fineLeaves >= MOST_FINE_LEAVES || this.#fineBranches >= MOST_FINE_BRANCHES)) {
      this.#coarsenLeast();
      return this.#leafOf(ordered);
    }
    if (branch === undefined) {
      branch = new Int32Array(isFine ? FINE_LEAVES : COARSE_LEAVES);
      this.#branches[root] = branch;
      if (isFine) this.#fineBranches++;
    }
    if (isFine) this.#fineLeaves++;
    const offset = this.#newLeaf();
    branch[leaf] = offset;
    return offset;
  }

  #newLeaf(): number {
    const given = this.#free.pop();
    if (given !== undefined) return given;
    if (this.#end === this.#weights.length) {
      const longer = new Float64Array(2 * this.#end);
      longer.set(this.#weights);
      this.#weights = longer;
    }
    this.#end += LEAF_SIZE;
    return this.#end - LEAF_SIZE;
  }

  /** Joins the values below the first of the fine branches' ends. */
  #coarsenLeast(): void {
    let root = (this.#fineFrom >> 16) + ROOTS / 2;
    while (this.#branches[root] === undefined) root++;
    this.#coarsenBelow(firstOfRoot(root + 1));
  }

  #coarsenBelow(fineFrom: number): void {
    for (; this.#fineFrom < fineFrom; this.#fineFrom += ROOTS) {
      const root = (this.#fineFrom >> 16) + ROOTS / 2;
      const branch = this.#branches[root];
      if (branch !== undefined) this.#branches[root] = this.#joined(branch);
    }
  }

  #joined(fine: Int32Array): Int32Array {
    const coarse = new Int32Array(COARSE_LEAVES);
    for (let leaf = 0; leaf < FINE_LEAVES; leaf++) {
      const offset = fine[leaf]!;
      if (offset === 0) continue;
      const [to, first] = [leaf >> COARSE_BITS, (leaf * LEAF_SIZE) >> COARSE_BITS];
      if (coarse[to] === 0) coarse[to] = this.#newLeaf();
      // A fine leaf's 64 values lie in one half of a coarse bin's 128.
      const weights = this.#weights.subarray(offset, offset + LEAF_SIZE);
      this.#weights[coarse[to]! + (first & (LEAF_SIZE - 1))]! += weights.reduce(
        (sum, weight) => sum + weight,
        0,
      );
      weights.fill(0);
      this.#free.push(offset);
      this.#fineLeaves--;
    }
    this.#fineBranches--;
    return coarse;
  }

  /** The same weights, joined below `fineFrom` at least. */
  #at(fineFrom: number): ValueHistogram {
    if (fineFrom <= this.#fineFrom) return this;
    const joined = new ValueHistogram();
    joined.#fineFrom = fineFrom;
    joined.addAll(this);
    return joined;
  }
}

function firstOfRoot(root: number): number {
  return (root - ROOTS / 2) * ROOTS;
}

/** The least ordered integer in a bin, given its place in its branch. */
function firstOf(root: number, place: number, branch: Int32Array): number {
  return firstOfRoot(root) + (branch.length === FINE_LEAVES ? place : place << COARSE_BITS);
}
