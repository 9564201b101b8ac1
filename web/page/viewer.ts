import { type DefectRegion, drawHeatmap, type Image, type Inspection, toImageData } from "rsad/browser";
import { byId } from "./dom.ts";

const SVG = "http://www.w3.org/2000/svg";

/** The image with its heatmap and the boxes of its regions, one layer each. */
export class Viewer {
  readonly #layers = byId("layers", HTMLElement);
  readonly #image = byId("image", HTMLCanvasElement);
  readonly #heat = byId("heat", HTMLCanvasElement);
  readonly #boxes = byId("boxes", SVGSVGElement);
  #shown: Image | undefined;

  show(image: Image, { map, pixelThreshold, regions }: Inspection): void {
    if (image !== this.#shown) draw(this.#image, image);
    this.#shown = image;
    this.#layers.style.setProperty("--ratio", String(image.width / image.height));
    draw(this.#heat, drawHeatmap(image, map, pixelThreshold));
    this.#boxes.setAttribute("viewBox", `0 0 ${image.width} ${image.height}`);
    this.#boxes.replaceChildren(...regions.flatMap((region) => [box(region, "edge"), box(region)]));
  }

  /** 0 to 1. */
  setOpacity(opacity: number): void {
    this.#layers.style.setProperty("--opacity", String(opacity));
  }
}

function draw(canvas: HTMLCanvasElement, image: Image): void {
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d")!.putImageData(toImageData(image), 0, 0);
}

function box({ x, y, width, height }: DefectRegion, className = ""): SVGRectElement {
  const made = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ x, y, width, height })) made.setAttribute(name, String(value));
  if (className !== "") made.setAttribute("class", className);
  return made;
}
