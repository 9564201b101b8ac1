import { benchRadiance } from "./bench.ts";
import type { Defect } from "./defect.ts";
import { IMAGE_SIZE, type Pose, type Scene } from "./scene.ts";
import { metalRadiance, type Viewpoint } from "./shading.ts";
import { emptySurface, type Slant, type Surface } from "./surface.ts";
import { surfaceAt } from "./surface-at.ts";

const CAMERA_HEIGHT = 700;
const SUBSAMPLES = [-1 / 3, 0, 1 / 3] as const;

/** Pixels x0 <= x < x1, y0 <= y < y1. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export const WHOLE_IMAGE: Box = { x0: 0, y0: 0, x1: IMAGE_SIZE, y1: IMAGE_SIZE };

/** Renders the light that each pixel of a scene receives, sampling borders three by three times per pixel. */
export class Renderer {
  readonly #scene: Scene;
  readonly #slant: Slant;
  readonly #view: Viewpoint;
  readonly #surface: Surface = emptySurface();
  readonly #colour = new Float64Array(3);

  constructor(scene: Scene) {
    const { light, pose } = scene;
    const centre = IMAGE_SIZE / 2;
    const lamp = toPart(pose, centre + light.x, centre + light.y);
    const camera = toPart(pose, centre, centre);
    this.#scene = scene;
    this.#view = {
      lightX: lamp.u,
      lightY: lamp.v,
      lightZ: light.z,
      cameraX: camera.u,
      cameraY: camera.v,
      cameraZ: CAMERA_HEIGHT,
    };
    this.#slant = {
      lightX: lamp.u / light.z,
      lightY: lamp.v / light.z,
      perspective: 1 / CAMERA_HEIGHT,
    };
  }

  /** Writes linear RGB into `target` (IMAGE_SIZE² triples) inside `box`. */
  render(target: Float32Array, box: Box, defect?: Defect): void {
    const border = 1 / this.#scene.pose.scale;
    for (let y = box.y0; y < box.y1; y++) {
      for (let x = box.x0; x < box.x1; x++) {
        const colour = this.#colour.fill(0);
        this.#sample(x + 0.5, y + 0.5, defect);
        let samples = 1;
        if (this.#surface.border < border) {
          colour.fill(0);
          samples = SUBSAMPLES.length ** 2;
          for (const dy of SUBSAMPLES) {
            for (const dx of SUBSAMPLES) this.#sample(x + 0.5 + dx, y + 0.5 + dy, defect);
          }
        }
        const first = (y * IMAGE_SIZE + x) * 3;
        for (let channel = 0; channel < 3; channel++) target[first + channel] = colour[channel]! / samples;
      }
    }
  }

  /** Calls `visit` with each pixel of `box` whose centre belongs to the defect's mask. */
  forEachCovered(box: Box, defect: Defect, visit: (x: number, y: number) => void): void {
    for (let y = box.y0; y < box.y1; y++) {
      for (let x = box.x0; x < box.x1; x++) {
        const { u, v } = toPart(this.#scene.pose, x + 0.5, y + 0.5);
        if (!defect.covers(u, v)) continue;
        this.#look(u, v, defect);
        if (this.#surface.kind === "metal") visit(x, y);
      }
    }
  }

  /** The pixels that a defect can change. */
  boxOf(defect: Defect): Box {
    const { pose } = this.#scene;
    const x = pose.x + pose.scale * (pose.cos * defect.centreU - pose.sin * defect.centreV);
    const y = pose.y + pose.scale * (pose.sin * defect.centreU + pose.cos * defect.centreV);
    const reach = pose.scale * defect.reach + 2;
    return {
      x0: Math.max(0, Math.floor(x - reach)),
      y0: Math.max(0, Math.floor(y - reach)),
      x1: Math.min(IMAGE_SIZE, Math.ceil(x + reach)),
      y1: Math.min(IMAGE_SIZE, Math.ceil(y + reach)),
    };
  }

  #look(u: number, v: number, defect: Defect | undefined): void {
    const { metal } = this.#scene;
    const marks = { seed: metal.seed, strength: metal.marks };
    surfaceAt(this.#surface, u, v, this.#slant, marks, defect?.missingBolt);
    if (this.#surface.kind === "metal") defect?.alter(this.#surface, u, v);
  }

  #sample(x: number, y: number, defect: Defect | undefined): void {
    const { light, metal, bench, pose } = this.#scene;
    const { u, v } = toPart(pose, x, y);
    const surface = this.#surface;
    this.#look(u, v, defect);
    const onBench = surface.kind === "bench";
    const radiance = onBench
      ? benchRadiance(x, y, u, v, this.#slant, light, bench)
      : surface.kind === "opening"
        ? 0.22 * surface.lit + 0.12 * surface.open
        : metalRadiance(surface, u, v, this.#view, light, metal);
    const tint = onBench ? (bench.ground?.(x, y) ?? bench.tint) : metal.tint;
    this.#colour[0]! += radiance * surface.red * tint[0] * light.tint[0];
    this.#colour[1]! += radiance * surface.green * tint[1] * light.tint[1];
    this.#colour[2]! += radiance * surface.blue * tint[2] * light.tint[2];
  }
}

function toPart(pose: Pose, x: number, y: number): { u: number; v: number } {
  const dx = (x - pose.x) / pose.scale;
  const dy = (y - pose.y) / pose.scale;
  return { u: pose.cos * dx + pose.sin * dy, v: pose.cos * dy - pose.sin * dx };
}
