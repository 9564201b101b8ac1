import { type Image, toImageData } from "rsad/browser";

/** The shorter side, in pixels; twice what is shown, for dense screens. */
const SIDE = 96;

/** Draws an image small. */
export function drawThumbnail(canvas: HTMLCanvasElement, image: Image): void {
  const { width, height } = image;
  const full = new OffscreenCanvas(width, height);
  full.getContext("2d")!.putImageData(toImageData(image), 0, 0);
  const scale = SIDE / Math.min(width, height);
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext("2d")!.drawImage(full, 0, 0, canvas.width, canvas.height);
}
