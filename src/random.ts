/**
 * The seeded generator behind every random choice: initial weights, noise, dropout, sampling, the demo's images.
 *
 * Streams are keyed rather than continued: `new Random(seed, "noise", step)` gives the same numbers whether or not the
 * steps before it ran in this process, so a resumed training run needs no saved generator state.
 *
 * xoshiro128** (Blackman & Vigna, "Scrambled linear pseudorandom number generators", 2021), seeded by splitmix32;
 * normal variates by the 256-strip ziggurat (Marsaglia & Tsang, "The ziggurat method for generating random
 * variables", 2000), tail by Marsaglia's method.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  /** The strip and the value of the last variate that fell outside its strip's inner part. */
  #strip = 0;
  #x = 0;

  constructor(seed: number, ...key: readonly (string | number)[]) {
    let state = hash(`${seed}/${key.join("/")}`);
    const next = () => {
      state = (state + 0x9e3779b9) | 0;
      let z = state ^ (state >>> 16);
      z = Math.imul(z, 0x21f0aaad);
      z ^= z >>> 15;
      z = Math.imul(z, 0x735a2d97);
      return (z ^ (z >>> 15)) | 0;
    };
    this.#a = next();
    this.#b = next();
    this.#c = next();
    this.#d = next() | 1;
  }

  /** A uniform 32-bit unsigned integer. */
  uint32(): number {
    const result = Math.imul(rotate(Math.imul(this.#b, 5), 7), 9);
    const t = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= t;
    this.#d = rotate(this.#d, 11);
    return result >>> 0;
  }

  /** Uniform in [0, 1), 32 bits. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * (this.uint32() / 4294967296);
  }

  /** A uniform integer in [0, bound), without modulo bias. */
  integer(bound: number): number {
    const limit = 4294967296 - (4294967296 % bound);
    let value = this.uint32();
    while (value >= limit) value = this.uint32();
    return value % bound;
  }

  /** A standard normal variate times `deviation` plus `mean`. */
  normal(mean = 0, deviation = 1): number {
    const one = new Float32Array(1);
    this.fillNormal(one);
    return mean + deviation * one[0]!;
  }

  /** Fills `target` with i.i.d. N(0, deviation²). */
  fillNormal(target: Float32Array, deviation = 1): Float32Array {
    for (let filled = 0; filled < target.length; ) {
      filled = this.#fillInner(target, filled, deviation);
      if (filled === target.length) break;
      const outer = this.#outer();
      if (outer !== undefined) target[filled++] = outer * deviation;
    }
    return target;
  }

  /**
   * Fills `target` from `start` on with variates from the strips' inner parts, until it is full or one falls outside, and
   * returns where it stopped. The hot loop of training: apart from the rare cases, it keeps the state in registers.
   */
  #fillInner(target: Float32Array, start: number, deviation: number): number {
    const { width, accept } = ZIGGURAT;
    const { length } = target;
    let a = this.#a;
    let b = this.#b;
    let c = this.#c;
    let d = this.#d;
    let i = start;
    for (; i < length; i++) {
      const m = Math.imul(b, 5);
      const bits = Math.imul((m << 7) | (m >>> 25), 9);
      const t = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= t;
      d = (d << 11) | (d >>> 21);
      const strip = bits & 255;
      // The upper 24 bits as a signed fraction; independent of the strip's 8 bits.
      const x = (bits >> 8) * width[strip]!;
      if (Math.abs(bits >> 8) >= accept[strip]!) {
        this.#strip = strip;
        this.#x = x;
        break;
      }
      target[i] = x * deviation;
    }
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
    return i;
  }

  /** Fisher–Yates: the integers 0..count-1 in random order. */
  permutation(count: number): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const held = order[i]!;
      order[i] = order[j]!;
      order[j] = held;
    }
    return order;
  }

  /** What becomes of the variate that {@link fillNormal}'s loop stopped at; undefined if it is rejected. */
  #outer(): number | undefined {
    const strip = this.#strip;
    const x = this.#x;
    if (strip === 0) {
      for (;;) {
        const tail = -Math.log(1 - this.uniform()) / TAIL_START;
        const y = -Math.log(1 - this.uniform());
        if (y + y > tail * tail) return x > 0 ? TAIL_START + tail : -TAIL_START - tail;
      }
    }
    const low = ZIGGURAT.density[strip]!;
    const high = ZIGGURAT.density[strip - 1]!;
    return low + this.uniform() * (high - low) < Math.exp(-0.5 * x * x) ? x : undefined;
  }
}

const TAIL_START = 3.6541528853610088;
const STRIP_AREA = 0.00492867323399;
const ZIGGURAT = buildZiggurat();

function buildZiggurat() {
  const scale = 2 ** 23;
  const width = new Float64Array(256);
  const accept = new Float64Array(256);
  const density = new Float64Array(256);
  let outer = TAIL_START;
  let inner = TAIL_START;
  const base = STRIP_AREA / Math.exp(-0.5 * outer * outer);
  width[0] = base / scale;
  accept[0] = (outer / base) * scale;
  density[0] = 1;
  width[255] = outer / scale;
  density[255] = Math.exp(-0.5 * outer * outer);
  for (let i = 254; i >= 1; i--) {
    inner = Math.sqrt(-2 * Math.log(STRIP_AREA / outer + Math.exp(-0.5 * outer * outer)));
    accept[i + 1] = (inner / outer) * scale;
    width[i] = inner / scale;
    density[i] = Math.exp(-0.5 * inner * inner);
    outer = inner;
  }
  accept[1] = 0;
  return { width, accept, density };
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return state | 0;
}
