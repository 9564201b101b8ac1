import { expect, it } from "vitest";
import { Random } from "../../random.ts";
import { PLATE } from "../demo/part.ts";
import { IMAGE_SIZE } from "../demo/scene.ts";
import { drawStressScene } from "./draw-stress-scene.ts";
import { FACTORS, type Factor } from "./stress-class.ts";

const scene = (factors: readonly Factor[], index = 0) =>
  drawStressScene(factors, new Random(0, "part", index), new Random(0, "surroundings", index));

/** The parts of a scene that differ from the resting scene of the same part by more than a fixture's play. */
function changed(factors: readonly Factor[], index: number): string[] {
  const [a, b] = [scene([], index), scene(factors, index)];
  const degrees = (sine: number) => (Math.asin(sine) * 180) / Math.PI;
  return [
    ...(JSON.stringify(a.metal) === JSON.stringify(b.metal) ? [] : ["metal"]),
    ...(Math.abs(degrees(a.pose.sin) - degrees(b.pose.sin)) > 1 ? ["rotation"] : []),
    ...(Math.hypot(a.pose.x - b.pose.x, a.pose.y - b.pose.y) > 3 ? ["position"] : []),
    ...(b.camera.motion === undefined ? [] : ["motion_blur"]),
    ...(b.bench.ground === undefined ? [] : ["background"]),
    ...(JSON.stringify(a.light) === JSON.stringify(b.light) ? [] : ["light"]),
  ];
}

it.each([...FACTORS.map((factor) => [factor]), [], [...FACTORS]])(
  "lets vary what it is told to, and nothing else: %s %s %s %s %s",
  (...factors) => {
    for (let index = 0; index < 5; index++) expect(changed(factors, index)).toEqual(factors);
  },
);

it("keeps the whole part in the picture", () => {
  const { half, corner } = PLATE;
  const inner = half - corner;
  for (const factors of [["position"], ["rotation", "position"]] as const) {
    for (let index = 0; index < 200; index++) {
      const { x, y, cos, sin, scale } = scene(factors, index).pose;
      for (const [u, v] of [
        [inner, inner],
        [-inner, inner],
        [inner, -inner],
        [-inner, -inner],
      ] as const) {
        for (const at of [x + scale * (cos * u - sin * v), y + scale * (sin * u + cos * v)]) {
          expect(at - scale * corner).toBeGreaterThan(0);
          expect(at + scale * corner).toBeLessThan(IMAGE_SIZE);
        }
      }
    }
  }
});
