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
  const { data: pixels } = image;
  const { data: values } = map;
  const data = new Uint8Array(pixels.length);
  for (let pixel = 0, at = 0; pixel < values.length; pixel++, at += 3) {
    const luma = 0.299 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!;
    const value = values[pixel]!;
    if (value <= low && value < high) {
      // Most pixels of most images.
      data[at] = data[at + 1] = data[at + 2] = Math.round(luma);
      continue;
    }
    let colour = GREY;
    let cover = NOT_INSPECTED;
    if (!Number.isNaN(value)) {
      const heat = value >= high ? 1 : (value - low) / (high - low);
      colour = HEAT[Math.round(heat * (HEAT.length - 1))]!;
      cover = STRONGEST * Math.min(1, 1.6 * heat);
    }
    data[at] = Math.round(luma + cover * (colour[0] - luma));
    data[at + 1] = Math.round(luma + cover * (colour[1] - luma));
    data[at + 2] = Math.round(luma + cover * (colour[2] - luma));
  }
  return { width: image.width, height: image.height, data };
}
