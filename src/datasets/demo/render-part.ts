import type { Image, Mask } from "../../images/index.ts";
import type { Random } from "../../random.ts";
import { takePhoto, toneLevel } from "./camera.ts";
import type { Defect, DefectType } from "./defect.ts";
import { drawDefect } from "./draw-defect.ts";
import { smear } from "./motion.ts";
import { type Box, Renderer, WHOLE_IMAGE } from "./render.ts";
import { IMAGE_SIZE, type Scene } from "./scene.ts";

/** Mean change in 8-bit levels, before motion blur and noise, that a defect must make inside its mask. */
const VISIBLE_LEVELS = 32;
const DRAWS = 24;

/** Share of the exposure for which a moving defect must have been at a pixel of its mask. */
const PRESENT = 0.2;

/**
 * Photographs a scene, 256 x 256 pixels, with at most one defect, drawn from `random`, and its true mask (1 = defect; empty
 * without one). The same scene gives the same photo with and without a defect, the defect's pixels apart.
 */
export function renderPart(
  scene: Scene,
  random: Random,
  defectType?: DefectType,
): { image: Image; mask: Mask } {
  const { camera } = scene;
  const renderer = new Renderer(scene);
  const radiance = new Float32Array(IMAGE_SIZE * IMAGE_SIZE * 3);
  renderer.render(radiance, WHOLE_IMAGE);
  const covered = new Float32Array(IMAGE_SIZE * IMAGE_SIZE);
  if (defectType !== undefined) {
    const { defect, box } = drawVisibleDefect(random, defectType, renderer, radiance, scene);
    renderer.render(radiance, box, defect);
    renderer.forEachCovered(box, defect, (x, y) => {
      covered[y * IMAGE_SIZE + x] = 1;
    });
  }
  const moved = (image: Float32Array, channels: number) =>
    camera.motion === undefined ? image : smear(image, channels, camera.motion);
  const data = Uint8Array.from(moved(covered, 1), (share) => (share >= PRESENT ? 1 : 0));
  return {
    image: takePhoto(moved(radiance, 3), camera),
    mask: { width: IMAGE_SIZE, height: IMAGE_SIZE, data },
  };
}

/** Draws until a defect is visible; after {@link DRAWS} tries, takes the most visible of them. */
function drawVisibleDefect(
  random: Random,
  type: DefectType,
  renderer: Renderer,
  clean: Float32Array,
  scene: Scene,
): { defect: Defect; box: Box } {
  const altered = clean.slice();
  let best: { defect: Defect; box: Box } | undefined;
  let bestChange = Number.NEGATIVE_INFINITY;
  for (let draw = 0; draw < DRAWS && bestChange < VISIBLE_LEVELS; draw++) {
    const defect = drawDefect(random, type);
    const box = renderer.boxOf(defect);
    renderer.render(altered, box, defect);
    let sum = 0;
    let count = 0;
    renderer.forEachCovered(box, defect, (x, y) => {
      const green = (y * IMAGE_SIZE + x) * 3 + 1;
      sum += Math.abs(level(altered[green]!, scene) - level(clean[green]!, scene));
      count++;
    });
    renderer.render(altered, box);
    const change = count === 0 ? 0 : sum / count;
    if (change > bestChange) {
      best = { defect, box };
      bestChange = change;
    }
  }
  return best!;
}

function level(radiance: number, scene: Scene): number {
  return toneLevel(radiance * scene.camera.exposure, scene.camera.gamma);
}
