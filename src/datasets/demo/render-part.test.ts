import { expect, it } from "vitest";
import type { Mask } from "../../images/index.ts";
import { Random } from "../../random.ts";
import { renderPart } from "./render-part.ts";
import { drawScene, type Motion } from "./scene.ts";
import { maskFit } from "./testing/mask-fit.ts";

const still = drawScene(new Random(0));
const moving = (motion: Motion) => ({ ...still, camera: { ...still.camera, motion } });

function extent({ width, data }: Mask): { columns: number; rows: number } {
  const pixels = [...data.keys()].filter((pixel) => data[pixel] === 1);
  const span = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  return {
    columns: span(pixels.map((pixel) => pixel % width)),
    rows: span(pixels.map((pixel) => Math.floor(pixel / width))),
  };
}

it("smears a mask along the motion, as far as the defect can be seen", () => {
  const hole = (scene: typeof still) => renderPart(scene, new Random(1), "missing_hole");
  const before = extent(hole(still).mask);
  const scene = moving({ x: 12, y: 0 });
  const { image, mask } = hole(scene);
  const after = extent(mask);
  expect(after.rows).toBe(before.rows);
  expect(after.columns - before.columns).toBeGreaterThanOrEqual(6);
  expect(after.columns - before.columns).toBeLessThanOrEqual(12);
  expect(maskFit(renderPart(scene, new Random(1)).image, image, mask).strayed).toBe(0);
});
