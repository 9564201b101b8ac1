import type { Image, Mask } from "../../images/index.ts";
import { Random } from "../../random.ts";
import { renderPart } from "../demo/render-part.ts";
import type { Scene } from "../demo/scene.ts";
import type { PhotoKey } from "../demo/write-photos.ts";
import { drawStressScene } from "./draw-stress-scene.ts";
import { STRESS_CLASSES } from "./stress-class.ts";

/**
 * Renders one photo of the stress suite. The same part, with the same defect as long as it can be seen, is in the photo of the
 * same split, type and number of every class, and classes whose photos of a split vary in the same factors share them: what
 * differs between two classes is what their factors do.
 */
export function renderStressPart(
  seed: number,
  className: string,
  photo: PhotoKey,
): { image: Image; mask: Mask } {
  return renderPart(stressScene(seed, className, photo), stream(seed, photo, "defect"), photo.defect);
}

/** All of a photo but its defect. */
export function stressScene(seed: number, className: string, photo: PhotoKey): Scene {
  const factors = STRESS_CLASSES.get(className)![photo.split];
  const surroundings = stream(seed, photo, `surroundings/${factors.join("+")}`);
  return drawStressScene(factors, stream(seed, photo, "part"), surroundings);
}

function stream(seed: number, { split, defect, index }: PhotoKey, purpose: string): Random {
  return new Random(seed, "stress", purpose, split, defect ?? "good", index);
}
