import { RsadError } from "../errors.ts";
import { connectedRegions } from "./components.ts";
import { keyOfBits } from "./float-key.ts";
import { checkMaskLength, type PixelStatistics } from "./pixel-curve.ts";

/** The false positive rate up to which MVTec's evaluation integrates. */
export const AUPRO_LIMIT = 0.3;

const REGION_BITS = 21;
const REGION_RANGE = 2 ** REGION_BITS;

/**
 * Per-region overlap over the connected ground-truth regions of many masks, after MVTec's evaluation script
 * (`compute_pro`, `trapezoid`; Bergmann et al., "The MVTec Anomaly Detection Dataset", IJCV 2021): at every threshold, the
 * share of each region that is found, averaged over all regions however large, against the share of good pixels that
 * are falsely found. Pixels whose map value is NaN were not inspected: they are left out of a region's size, and a
 * region without inspected pixels is left out and counted.
 */
export class RegionStatistics {
  /** Per image: key * 2^21 + region, for each inspected defect pixel. */
  readonly #pixels: Float64Array[] = [];
  readonly #sizes: number[] = [];
  #notInspected = 0;

  /**
   * Adds an image's map and mask, height * width values each. Throws RSAD_MASK_INVALID when the lengths differ or
   * when there are more than two million regions.
   */
  add(map: Float32Array, mask: Uint8Array, width: number): void {
    checkMaskLength(map, mask);
    const { labels, sizes } = connectedRegions(mask, width);
    const first = this.#sizes.length;
    if (first + sizes.length > REGION_RANGE) throw tooManyRegions(first + sizes.length);
    const inspected = sizes.map(() => 0);
    const bits = new Int32Array(map.buffer, map.byteOffset, map.length);
    const pixels = new Float64Array(sizes.reduce((sum, size) => sum + size, 0));
    let used = 0;
    for (let i = 0; i < map.length; i++) {
      if (labels[i] === 0 || Number.isNaN(map[i])) continue;
      const region = labels[i]! - 1;
      inspected[region]!++;
      pixels[used++] = keyOfBits(bits[i]!) * REGION_RANGE + first + region;
    }
    this.#pixels.push(used === pixels.length ? pixels : pixels.slice(0, used));
    for (const size of inspected) {
      this.#sizes.push(size);
      if (size === 0) this.#notInspected++;
    }
  }

  /** Regions with at least one inspected pixel. */
  get regions(): number {
    return this.#sizes.length - this.#notInspected;
  }

  /** Regions without any inspected pixel. */
  get notInspected(): number {
    return this.#notInspected;
  }

  /**
   * The area under per-region overlap against false positive rate from 0 to `limit`, divided by `limit`, exact over
   * all thresholds. `pixels` holds the good pixels of the same images (and of good images). Undefined without
   * inspected regions or good pixels. Throws RSAD_ARGUMENT_INVALID for a limit outside (0, 1].
   */
  aupro(pixels: PixelStatistics, limit = AUPRO_LIMIT): number | undefined {
    if (!(limit > 0 && limit <= 1)) throw limitError(limit);
    if (this.regions === 0 || pixels.good === 0) return undefined;
    const area = new ClippedArea(limit);
    const sorted = this.#sorted();
    const good = pixels.goodKeys();
    let overlap = 0;
    for (let i = sorted.length - 1; i >= 0; ) {
      const key = Math.floor(sorted[i]! / REGION_RANGE);
      area.lineTo(good.countAbove(key) / pixels.good, overlap / this.regions);
      for (; i >= 0 && sorted[i]! >= key * REGION_RANGE; i--) {
        overlap += 1 / this.#sizes[sorted[i]! % REGION_RANGE]!;
      }
      area.lineTo(good.countAbove(key - 1) / pixels.good, overlap / this.regions);
    }
    area.lineTo(1, 1);
    return area.value / limit;
  }

  #sorted(): Float64Array {
    const all = new Float64Array(this.#pixels.reduce((sum, part) => sum + part.length, 0));
    let offset = 0;
    for (const part of this.#pixels) {
      all.set(part, offset);
      offset += part.length;
    }
    return all.sort();
  }
}

/** Trapezoids under a line from (0, 0), up to a limit on x. */
class ClippedArea {
  value = 0;
  readonly #limit: number;
  #x = 0;
  #y = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  lineTo(x: number, y: number): void {
    const end = Math.min(x, this.#limit);
    if (end > this.#x) {
      const yAtEnd = this.#y + ((y - this.#y) * (end - this.#x)) / (x - this.#x);
      this.value += ((this.#y + yAtEnd) / 2) * (end - this.#x);
    }
    this.#x = x;
    this.#y = y;
  }
}

function tooManyRegions(regions: number): RsadError {
  return new RsadError("RSAD_MASK_INVALID", {
    subject: "masks",
    expected: `at most ${REGION_RANGE} connected defect regions`,
    received: regions,
    hint: "Masks with so many separate regions are noise; check that they are binary.",
  });
}

function limitError(limit: number): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "limit",
    expected: "a false positive rate above 0 and at most 1",
    received: limit,
    hint: `MVTec's evaluation uses ${AUPRO_LIMIT}.`,
  });
}
