import { RsadError } from "../errors.ts";
import type { Mask } from "../pixels/index.ts";
import { GOOD } from "./evaluation.ts";
import { marksAny } from "./runs.ts";

/**
 * Throws RSAD_MASK_INVALID when a mask has not the size of its image, or marks a defect in a good one, and RSAD_ARGUMENT_INVALID
 * where there is nothing to hold it against.
 */
export function checkMask(
  name: string,
  type: string,
  mask: Mask,
  image: Pick<Mask, "width" | "height"> | undefined,
): void {
  if (image === undefined) {
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject: `the map of ${name}`,
      expected: "an anomaly map to hold against the mask",
      received: image,
      hint: "Pass the map too, or leave the mask out to measure image scores only.",
    });
  }
  if (mask.width !== image.width || mask.height !== image.height) {
    throw new RsadError("RSAD_MASK_INVALID", {
      subject: `the mask of ${name}`,
      expected: `${image.width} x ${image.height} pixels, the image's size`,
      received: `${mask.width} x ${mask.height}`,
      hint: "Masks must have the size of their images.",
    });
  }
  if (type === GOOD && marksAny(mask.data)) {
    throw new RsadError("RSAD_MASK_INVALID", {
      subject: `the mask of ${name}`,
      expected: "no defect in a good image",
      received: "a mask with defect pixels",
      hint: "Move the image to its defect type's folder, or remove the mask.",
    });
  }
}
