import { RsadError } from "../errors.ts";
import { connectedRegions } from "./components.ts";
import { checkMaskLength, type PixelStatistics } from "./pixel-curve.ts";
import { withoutRounding } from "./rounding.ts";
import { bitsOf } from "./runs.ts";
import { ValueHistogram } from "./value-histogram.ts";

/** The false positive rate up to which MVTec's evaluation integrates. */
export const AUPRO_LIMIT = 0.3;
/** The stricter one, which MVTec AD 2 reports. */
export const AUPRO_STRICT_LIMIT = 0.05;

/**
 * Per-region overlap over the connected ground-truth regions of many masks, after MVTec's evaluation script
 * (`compute_pro`, `trapezoid`; Bergmann et al., "The MVTec Anomaly Detection Dataset", IJCV 2021): at every threshold, the
 * share of each region that is found, averaged over all regions however large, against the share of good pixels that
 * are falsely found. A region's pixels touch by edges or corners. Pixels whose map value is NaN were not inspected: they
 * are left out of a region's size, and a region without inspected pixels is left out and counted.
 */
export class RegionStatistics {
  /** Every inspected defect pixel weighs one over its region's inspected size. */
  readonly #overlap = new ValueHistogram();
  #regions = 0;
  #notInspected = 0;

  /** Adds an image's map and mask, height * width values each. Throws RSAD_MASK_INVALID when the lengths differ. */
  add(map: Float32Array, mask: Uint8Array, width: number): void {
    checkMaskLength(map, mask);
    const { labels, sizes } = connectedRegions(mask, width);
    const inspected = new Uint32Array(sizes.length + 1);
    for (let i = 0; i < map.length; i++) {
      if (labels[i] !== 0 && !Number.isNaN(map[i])) inspected[labels[i]!]!++;
    }
    const values = bitsOf(map);
    for (let from = 0; from < map.length; ) {
      const label = labels[from]!;
      let to = from + 1;
      while (to < map.length && labels[to] === label) to++;
      const size = inspected[label]!;
      if (size > 0) this.#overlap.addRun(values, from, to, 1 / size);
      from = to;
    }
    for (const size of inspected.subarray(1)) {
      if (size > 0) this.#regions++;
      else this.#notInspected++;
    }
  }

  /** Regions with at least one inspected pixel. */
  get regions(): number {
    return this.#regions;
  }

  /** Regions without any inspected pixel. */
  get notInspected(): number {
    return this.#notInspected;
  }

  /**
   * The area under per-region overlap against false positive rate from 0 to `limit`, divided by `limit`, over all
   * thresholds. `pixels` holds the good pixels of the same images (and of good images). Undefined without
   * inspected regions or good pixels. Throws RSAD_ARGUMENT_INVALID for a limit outside (0, 1].
   */
  aupro(pixels: PixelStatistics, limit = AUPRO_LIMIT): number | undefined {
    if (!(limit > 0 && limit <= 1)) throw limitError(limit);
    if (this.#regions === 0 || pixels.good === 0) return undefined;
    const area = new ClippedArea(limit);
    let good = 0;
    let overlap = 0;
    ValueHistogram.descending(this.#overlap, pixels.goodValues(), (_value, found, falselyFound) => {
      overlap += found;
      good += falselyFound;
      area.lineTo(good / pixels.good, overlap / this.#regions);
    });
    return withoutRounding(area.value / limit);
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

function limitError(limit: number): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "limit",
    expected: "a false positive rate above 0 and at most 1",
    received: limit,
    hint: `MVTec's evaluation uses ${AUPRO_LIMIT}.`,
  });
}
