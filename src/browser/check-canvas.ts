import { RsadError } from "../errors.ts";

const SIDE = 8;
/** Grey levels by which pixels may come back otherwise: a last bit here and there hides a browser and changes no verdict. */
const MOST_NOISE = 2;

/**
 * Browsers that resist fingerprinting give pages noise for what is in a canvas, which would be scored like an image. Throws
 * RSAD_IMAGE_INVALID where that is so; `subject` names the image.
 */
export function checkCanvas(subject: string): void {
  const { data: given } = new ImageData(SIDE, SIDE);
  for (let i = 0; i < given.length; i++) given[i] = i % 4 === 3 ? 255 : (37 * i) % 256;
  const context = new OffscreenCanvas(SIDE, SIDE).getContext("2d", { willReadFrequently: true })!;
  context.putImageData(new ImageData(given, SIDE, SIDE), 0, 0);
  const read = context.getImageData(0, 0, SIDE, SIDE).data;
  if (given.every((value, i) => Math.abs(value - read[i]!) <= MOST_NOISE)) return;
  throw new RsadError("RSAD_IMAGE_INVALID", {
    subject,
    expected: "a browser that lets pages read the pixels of a picture",
    received: "noise, as browsers give that resist fingerprinting",
    hint: "Switch that off for this page, or open it in another browser.",
  });
}
