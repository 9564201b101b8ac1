import { drawHeatmap, type Image, type Inspection, type RegionBox, toImageData } from "rsad/browser";
import { byId } from "./dom.ts";

const SVG = "http://www.w3.org/2000/svg";

/** The image with its heatmap and the boxes of its regions and their cores, one layer each. */
export class Viewer {
  readonly #layers = byId("layers", HTMLElement);
  readonly #image = byId("image", HTMLCanvasElement);
  readonly #heat = byId("heat", HTMLCanvasElement);
  readonly #boxes = byId("boxes", SVGSVGElement);
  #shown: Image | undefined;

  show(image: Image, inspection: Inspection): void {
    const { map, pixelThreshold } = inspection;
    if (image !== this.#shown) draw(this.#image, image);
    this.#shown = image;
    this.#layers.style.setProperty("--ratio", String(image.width / image.height));
    draw(this.#heat, drawHeatmap(image, map, pixelThreshold));
    this.#boxes.setAttribute("viewBox", `0 0 ${image.width} ${image.height}`);
    this.#boxes.replaceChildren(...marks(inspection));
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

/** The regions' boxes; without regions a ring around the place to look at, unless the image is good. */
function marks({ verdict, regions, peak, map }: Inspection): SVGElement[] {
  if (regions.length > 0) {
    return regions.flatMap((region) => [box(region, "edge"), box(region), box(region.core, "core")]);
  }
  if (verdict === "good" || peak === undefined) return [];
  const ring = { cx: peak.x + 0.5, cy: peak.y + 0.5, r: Math.max(map.width, map.height) / 40 };
  return [shape("circle", ring, "edge"), shape("circle", ring)];
}

function box({ x, y, width, height }: RegionBox, className = ""): SVGElement {
  return shape("rect", { x, y, width, height }, className);
}

function shape(
  kind: "rect" | "circle",
  measures: Readonly<Record<string, number>>,
  className = "",
): SVGElement {
  const made = document.createElementNS(SVG, kind);
  for (const [name, value] of Object.entries(measures)) made.setAttribute(name, String(value));
  if (className !== "") made.setAttribute("class", className);
  return made;
}
