import { RsadError } from "../errors.ts";
import { type Colour, HEAT } from "./colour-ramp.ts";
import type { AnomalyMap, Image } from "./image.ts";
import { checkSameSize } from "./same-size.ts";

export interface HeatmapRange {
  /** Map value up to which a pixel stays uncoloured. */
  readonly low: number;
  /** Map value from which a pixel has the hottest colour. */
  readonly high: number;
}

const LEVELS = HEAT.length;
/** The row of {@link MIX} after those of the levels. */
const NOT_INSPECTED = LEVELS;
const STRONGEST = 0.8;
const GREY: Colour = [128, 128, 128];
/** Rec. 601, in 65536ths. */
const [RED, GREEN, BLUE] = [19595, 38470, 7471] as const;

/** How a pixel is drawn at each level of heat, and one that was not inspected: what its luma is multiplied by, and what is added, RGB. */
const MIX = Float64Array.from(
  [
    ...HEAT.map((colour, level) => mix(colour, STRONGEST * Math.min(1, (1.6 * level) / (LEVELS - 1)))),
    mix(GREY, 0.75),
  ].flat(),
);

function mix(colour: Colour, cover: number): number[] {
  return [1 - cover, ...colour.map((value) => cover * value)];
}

/**
 * Lays an anomaly map over its image: the image in grey, then colour that grows in heat and cover from `low` to `high`.
 * Pixels that were not inspected (NaN) fade to flat grey. With `low === high` each pixel is uncoloured or hottest.
 *
 * Throws RSAD_ARGUMENT_INVALID when the sizes differ or `low`, `high` are not finite and in order.
 */
export function heatmap(image: Image, map: AnomalyMap, { low, high }: HeatmapRange): Image {
  checkSameSize("RSAD_ARGUMENT_INVALID", "anomaly map", image, map);
  if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high)) {
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject: "heatmap range",
      expected: "two finite numbers, low <= high",
      received: `${low} to ${high}`,
      hint: "Take the range from the model's threshold or from the maps of good images.",
    });
  }
  const { data: pixels } = image;
  const { data: values } = map;
  const data = new Uint8Array(pixels.length);
  const perLevel = high > low ? (LEVELS - 1) / (high - low) : 0;
  for (let pixel = 0, at = 0; pixel < values.length; pixel++, at += 3) {
    const luma = RED * pixels[at]! + GREEN * pixels[at + 1]! + BLUE * pixels[at + 2]!;
    const value = values[pixel]!;
    if (value <= low && value < high) {
      // Most pixels of most images. Adding a half and cutting off is rounding, in a fraction of the time of Math.round.
      const grey = (luma + 32768) >> 16;
      data[at] = grey;
      data[at + 1] = grey;
      data[at + 2] = grey;
      continue;
    }
    const level = value >= high ? LEVELS - 1 : Math.round((value - low) * perLevel);
    const from = 4 * (Number.isNaN(value) ? NOT_INSPECTED : level);
    const left = (luma / 65536) * MIX[from]! + 0.5;
    data[at] = left + MIX[from + 1]!;
    data[at + 1] = left + MIX[from + 2]!;
    data[at + 2] = left + MIX[from + 3]!;
  }
  return { width: image.width, height: image.height, data };
}
