import { RsadError } from "../errors.ts";
import { type CurveMeasures, CurveSum, type F1Max } from "./curve.ts";
import { keyOfBits, valueOfKey } from "./float-key.ts";
import { DescendingReader, SortedKeys } from "./sorted-keys.ts";

/**
 * Pixel metrics pooled over images, exact with ties. Pixels whose map value is NaN were not inspected: they are left
 * out and counted. Keeps one to two bytes per pixel, not the maps.
 */
export class PixelStatistics {
  readonly #good: readonly SortedKeys[];
  readonly #defect: readonly SortedKeys[];
  #notInspected = 0;
  #notInspectedDefect = 0;
  #measures: CurveMeasures | undefined;

  /** The pixels of all `parts` together, as they stand: a part must not grow while its pool is in use. */
  constructor(parts: readonly PixelStatistics[] = []) {
    this.#good = [new SortedKeys(), ...parts.flatMap((part) => part.#good)];
    this.#defect = [new SortedKeys(), ...parts.flatMap((part) => part.#defect)];
    for (const part of parts) {
      this.#notInspected += part.#notInspected;
      this.#notInspectedDefect += part.#notInspectedDefect;
    }
  }

  /**
   * Adds an image: `map` holds height * width anomaly values, higher is worse, NaN = not inspected; `mask` is as long,
   * non-zero = defect; without one the whole image is good. Throws RSAD_MASK_INVALID when the lengths differ.
   */
  add(map: Float32Array, mask?: Uint8Array): void {
    checkMaskLength(map, mask);
    this.#measures = undefined;
    const bits = new Int32Array(map.buffer, map.byteOffset, map.length);
    const good = this.#good[0]!;
    const defect = this.#defect[0]!;
    for (let i = 0; i < map.length; i++) {
      const isDefect = mask !== undefined && mask[i] !== 0;
      if (Number.isNaN(map[i])) {
        this.#notInspected++;
        if (isDefect) this.#notInspectedDefect++;
      } else {
        (isDefect ? defect : good).add(keyOfBits(bits[i]!));
      }
    }
  }

  /** Inspected pixels outside defects. */
  get good(): number {
    return count(this.#good);
  }

  /** Inspected pixels of defects. */
  get defect(): number {
    return count(this.#defect);
  }

  /** Pixels whose map value is NaN. */
  get notInspected(): number {
    return this.#notInspected;
  }

  /** Of the pixels not inspected, those of defects. */
  get notInspectedDefect(): number {
    return this.#notInspectedDefect;
  }

  /** Area under the pixel ROC curve. Undefined unless both good and defective pixels were inspected. */
  auroc(): number | undefined {
    return this.#measure().auroc;
  }

  /** Average precision over pixels. Undefined as {@link auroc}. */
  aupr(): number | undefined {
    return this.#measure().aupr;
  }

  /** The largest F1 over all pixel thresholds. Undefined as {@link auroc}. */
  f1Max(): F1Max | undefined {
    return this.#measure().f1Max;
  }

  /** The keys (see float-key.ts) of the good pixels, from the worst downwards. */
  goodKeys(): DescendingReader {
    return new DescendingReader(this.#good);
  }

  #measure(): CurveMeasures {
    this.#measures ??= measure(this.#defect, this.#good);
    return this.#measures;
  }
}

function measure(defect: readonly SortedKeys[], good: readonly SortedKeys[]): CurveMeasures {
  const sum = new CurveSum(count(defect), count(good));
  const positives = new DescendingReader(defect);
  const negatives = new DescendingReader(good);
  let found = 0;
  for (let key = positives.peek(); key >= 0; key = positives.peek()) {
    const foundNow = positives.countAbove(key - 1);
    const above = negatives.countAbove(key);
    sum.add(valueOfKey(key), foundNow - found, above, negatives.countAbove(key - 1));
    found = foundNow;
  }
  return sum.measures();
}

function count(pools: readonly SortedKeys[]): number {
  return pools.reduce((sum, pool) => sum + pool.length, 0);
}

/** Throws RSAD_MASK_INVALID unless the mask has as many pixels as the map. */
export function checkMaskLength(map: Float32Array, mask: Uint8Array | undefined): void {
  if (mask === undefined || mask.length === map.length) return;
  throw new RsadError("RSAD_MASK_INVALID", {
    subject: "mask",
    expected: `${map.length} pixels, as in the anomaly map`,
    received: mask.length,
    hint: "Masks must have the size of their images.",
  });
}
