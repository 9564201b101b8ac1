import { RsadError } from "../errors.ts";
import { type AnomalyMap, drawHeatmap, type Image } from "../pixels/index.ts";
import { withAlpha } from "./rgb.ts";

export interface OverlayOptions {
  /** The map value from which on colour is strong; from the map's own range if left out. */
  readonly pixelThreshold?: number | undefined;
  /** 0 shows the image alone, 1 the heatmap as the command line draws it. */
  readonly opacity?: number | undefined;
}

/** An image for a canvas. */
export function toImageData({ width, height, data }: Image): ImageData {
  return new ImageData(withAlpha(data), width, height);
}

/**
 * An image with its heatmap over it, for a canvas. Throws RSAD_ARGUMENT_INVALID where map and image differ in size, and for an opacity outside
 * [0, 1].
 *
 * @example
 * const { map, pixelThreshold } = await inspect(model, image);
 * context.putImageData(drawOverlay(image, map, { pixelThreshold, opacity: 0.7 }), 0, 0);
 */
export function drawOverlay(image: Image, map: AnomalyMap, options: OverlayOptions = {}): ImageData {
  const { pixelThreshold, opacity = 1 } = options;
  if (!(opacity >= 0 && opacity <= 1)) throw noShare(opacity);
  const heatmap = drawHeatmap(image, map, pixelThreshold);
  return toImageData({ ...heatmap, data: mix(image.data, heatmap.data, opacity) });
}

function mix(below: Uint8Array, above: Uint8Array, opacity: number): Uint8Array {
  return above.map((value, i) => below[i]! + opacity * (value - below[i]!) + 0.5);
}

function noShare(opacity: number): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "opacity",
    expected: "a number from 0 to 1",
    received: opacity,
    hint: "0 shows the image alone, 1 the heatmap alone.",
  });
}
