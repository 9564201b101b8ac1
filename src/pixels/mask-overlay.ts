import type { Colour } from "./colour-ramp.ts";
import type { Image, Mask } from "./image.ts";
import { checkSameSize } from "./same-size.ts";

/** Turquoise, which the heat colours never are, so that truth and prediction cannot be mistaken for each other. */
const TRUTH: Colour = [0, 200, 190];
const FILL = 0.4;

/**
 * Draws a true defect mask on its image: tinted inside, with a solid outline of about a hundred-and-fiftieth of the
 * image's longer side, so that it is still seen in a thumbnail.
 *
 * Throws RSAD_MASK_INVALID when the sizes differ.
 */
export function maskOverlay(image: Image, mask: Mask): Image {
  checkSameSize("RSAD_MASK_INVALID", "mask", image, mask);
  const { width, height } = image;
  const reach = Math.max(1, Math.round(Math.max(width, height) / 150));
  const inner = erode(mask, reach);
  // A copy even of a Buffer, whose slice would share the image's memory.
  const data = new Uint8Array(image.data);
  for (let pixel = 0; pixel < width * height; pixel++) {
    if (mask.data[pixel] === 0) continue;
    const cover = inner[pixel] === 0 ? 1 : FILL;
    for (let channel = 0; channel < 3; channel++) {
      const at = 3 * pixel + channel;
      data[at] = Math.round(data[at]! + cover * (TRUTH[channel]! - data[at]!));
    }
  }
  return { width, height, data };
}

/** Mask pixels at least `reach` from any other pixel along both axes; the image's border counts as inside. */
function erode({ width, height, data }: Mask, reach: number): Uint8Array {
  return erodeLines(erodeLines(data, height, width, width, 1, reach), width, height, 1, width, reach);
}

/** One axis of {@link erode}: `lines` lines of `length` pixels that are `step` apart. */
function erodeLines(
  data: Uint8Array,
  lines: number,
  length: number,
  lineStep: number,
  step: number,
  reach: number,
): Uint8Array {
  const result = new Uint8Array(data);
  for (let line = 0; line < lines; line++) {
    const first = line * lineStep;
    const last = first + (length - 1) * step;
    for (const [start, stride] of [
      [first, step],
      [last, -step],
    ] as const) {
      let sinceOutside = reach;
      for (let i = 0, at = start; i < length; i++, at += stride) {
        sinceOutside = data[at] === 0 ? 0 : sinceOutside + 1;
        if (sinceOutside <= reach) result[at] = 0;
      }
    }
  }
  return result;
}
