import type { Image, Mask } from "../../images/index.ts";
import { Random } from "../../random.ts";
import type { DefectType } from "./defect.ts";
import { renderPart } from "./render-part.ts";
import { drawScene } from "./scene.ts";

/**
 * Renders one photo of the demo's part, 256 x 256 pixels, with at most one defect and its true mask (empty without a
 * defect). Pose, light, texture and noise depend on `random` alone, so that the same stream gives the same photo
 * with and without a defect, the defect's pixels apart.
 */
export function renderDemoPart(random: Random, defectType?: DefectType): { image: Image; mask: Mask } {
  const scene = drawScene(random);
  return renderPart(scene, new Random(random.uint32(), "defect"), defectType);
}
