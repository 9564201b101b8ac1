import { Random } from "../random.ts";

/**
 * Which images each step sees: `size` at a time from one random order of all `images` after the other, so that a batch
 * may end one pass and begin the next and no batch is short. An order depends on the seed and the pass alone.
 */
export class Batches {
  readonly #images: number;
  readonly #size: number;
  readonly #seed: number;
  #pass = -1;
  #order: Uint32Array = new Uint32Array();

  constructor(images: number, size: number, seed: number) {
    this.#images = images;
    this.#size = size;
    this.#seed = seed;
  }

  /** The images of step 0, 1, ... */
  at(step: number): number[] {
    return Array.from({ length: this.#size }, (_, i) => {
      const at = step * this.#size + i;
      return this.#orderOf(Math.floor(at / this.#images))[at % this.#images]!;
    });
  }

  #orderOf(pass: number): Uint32Array {
    if (pass !== this.#pass) {
      this.#order = new Random(this.#seed, "order", pass).permutation(this.#images);
      this.#pass = pass;
    }
    return this.#order;
  }
}
