const FIRST_BUFFER = 1 << 12;
const LARGEST_BUFFER = 1 << 21;
const END = -2;

/**
 * A pool of uint32 keys, kept as sorted runs of byte-coded differences: one to two bytes per key when there are
 * many, and nothing is rounded.
 */
export class SortedKeys {
  #buffer = new Uint32Array(FIRST_BUFFER);
  #used = 0;
  #runs: KeyRun[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(key: number): void {
    if (this.#used === this.#buffer.length) this.#makeRoom();
    this.#buffer[this.#used++] = key;
    this.#length++;
  }

  /** The sorted runs of all keys so far. */
  runs(): readonly KeyRun[] {
    this.#closeRun();
    return this.#runs;
  }

  #makeRoom(): void {
    if (this.#used === LARGEST_BUFFER) {
      this.#closeRun();
    } else {
      const larger = new Uint32Array(2 * this.#used);
      larger.set(this.#buffer);
      this.#buffer = larger;
    }
  }

  #closeRun(): void {
    if (this.#used === 0) return;
    this.#runs.push(encodeDescending(this.#buffer.subarray(0, this.#used).sort()));
    this.#used = 0;
  }
}

export interface KeyRun {
  readonly length: number;
  /** 2^32 less the largest key, then the step down to each next one: base-128 numbers, lowest seven bits first. */
  readonly bytes: Uint8Array;
}

/** Reads pools of keys together, from the largest key downwards. */
export class DescendingReader {
  readonly #runs: RunReader[];

  constructor(pools: readonly SortedKeys[]) {
    this.#runs = pools.flatMap((pool) => pool.runs().map((run) => new RunReader(run)));
  }

  /** The largest key not yet passed, negative at the end. */
  peek(): number {
    let largest = END;
    for (const run of this.#runs) if (run.key > largest) largest = run.key;
    return largest;
  }

  /** How many keys are greater than `key`, which must not rise from call to call. */
  countAbove(key: number): number {
    let count = 0;
    for (const run of this.#runs) count += run.countAbove(key);
    return count;
  }
}

class RunReader {
  key = 2 ** 32;
  readonly #run: KeyRun;
  #position = 0;
  #passed = 0;

  constructor(run: KeyRun) {
    this.#run = run;
    this.#next();
  }

  countAbove(key: number): number {
    while (this.key > key) {
      this.#passed++;
      this.#next();
    }
    return this.#passed;
  }

  #next(): void {
    const { bytes, length } = this.#run;
    if (this.#passed === length) {
      this.key = END;
      return;
    }
    let byte = bytes[this.#position++]!;
    let difference = byte & 127;
    for (let scale = 128; byte > 127; scale *= 128) {
      byte = bytes[this.#position++]!;
      difference += (byte & 127) * scale;
    }
    this.key -= difference;
  }
}

function encodeDescending(ascending: Uint32Array): KeyRun {
  let size = 0;
  for (let i = ascending.length - 1, previous = 2 ** 32; i >= 0; previous = ascending[i--]!) {
    for (let rest = previous - ascending[i]!; rest > 127; rest = Math.floor(rest / 128)) size++;
    size++;
  }
  const bytes = new Uint8Array(size);
  let position = 0;
  for (let i = ascending.length - 1, previous = 2 ** 32; i >= 0; previous = ascending[i--]!) {
    let rest = previous - ascending[i]!;
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes[position++] = (rest % 128) + 128;
    bytes[position++] = rest;
  }
  return { length: ascending.length, bytes };
}
