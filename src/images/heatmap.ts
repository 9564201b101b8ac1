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

const STRONGEST = 0.8;
const NOT_INSPECTED = 0.75;
const GREY: Colour = [128, 128, 128];

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
  const data = new Uint8Array(image.data.length);
  for (let pixel = 0; pixel < map.data.length; pixel++) {
    const at = 3 * pixel;
    const luma = 0.299 * image.data[at]! + 0.587 * image.data[at + 1]! + 0.114 * image.data[at + 2]!;
    const value = map.data[pixel]!;
    let colour = GREY;
    let cover = NOT_INSPECTED;
    if (!Number.isNaN(value)) {
      const heat = value >= high ? 1 : value <= low ? 0 : (value - low) / (high - low);
      colour = HEAT[Math.round(heat * (HEAT.length - 1))]!;
      cover = STRONGEST * Math.min(1, 1.6 * heat);
    }
    for (let channel = 0; channel < 3; channel++) {
      data[at + channel] = Math.round(luma + cover * (colour[channel]! - luma));
    }
  }
  return { width: image.width, height: image.height, data };
}
