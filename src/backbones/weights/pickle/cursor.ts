import type { Refuse } from "../refuse.ts";

/** Reads bytes one after the other and never beyond the end: that throws RSAD_BACKBONE_INVALID. */
export class Cursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #refuse: Refuse;
  #at: number;

  constructor(bytes: Uint8Array, refuse: Refuse, start = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#refuse = refuse;
    this.#at = start;
  }

  get at(): number {
    return this.#at;
  }

  uint8(): number {
    return this.#view.getUint8(this.#skip(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#skip(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#skip(4), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#skip(4), true);
  }

  /** Inexact above 2^53. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#skip(8), true));
  }

  /** Big-endian, as pickles have it. */
  float64(): number {
    return this.#view.getFloat64(this.#skip(8));
  }

  /** A view, not a copy. */
  take(length: number): Uint8Array {
    const start = this.#skip(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** The text up to the next line feed, which is passed over. */
  line(longest: number): string {
    const length = this.#bytes.subarray(this.#at, this.#at + longest).indexOf(0x0a);
    if (length < 0) throw this.#refuse(`a line of at most ${longest} bytes`, `none at byte ${this.#at}`);
    const text = new TextDecoder().decode(this.take(length));
    this.#at++;
    return text;
  }

  #skip(length: number): number {
    const start = this.#at;
    const left = this.#bytes.byteLength - start;
    if (length > left) {
      throw this.#refuse("a complete file", `one that ends ${length - left} bytes early, at byte ${start}`);
    }
    this.#at += length;
    return start;
  }
}
