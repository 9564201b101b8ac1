import type { Random } from "../../random.ts";
import type { Defect } from "./defect.ts";
import { fractalNoise, mix, smoothstep } from "./noise.ts";
import { BOLT, BORE, BOSS, fromBolt, plateDistance } from "./part.ts";
import type { Tint } from "./scene.ts";

const SOFT_EDGE = 0.14;

/** A translucent blob of rust or oil with an irregular, soft outline: it colours the metal and dulls its gloss. */
export function stain(random: Random): Defect {
  const rust = random.uniform() < 0.5;
  const colour: Tint = rust
    ? [random.uniform(0.72, 0.85), random.uniform(0.46, 0.58), random.uniform(0.26, 0.4)]
    : [random.uniform(0.42, 0.55), random.uniform(0.4, 0.52), random.uniform(0.34, 0.46)];
  const gloss = rust ? 0.45 : 0.8;
  const density = random.uniform(0.8, 1);
  const radius = random.uniform(8, 15);
  const { u: centreU, v: centreV } = place(random, radius);
  const seed = random.uint32();
  const wander = random.uniform(0.45, 0.7);

  const depth = (u: number, v: number) => {
    const du = u - centreU;
    const dv = v - centreV;
    const distance = Math.sqrt(du * du + dv * dv) / radius;
    return 1 - distance + wander * fractalNoise(seed, u / (0.7 * radius), v / (0.7 * radius), 2);
  };
  return {
    centreU,
    centreV,
    reach: radius * (1 + wander + SOFT_EDGE),
    alter(surface, u, v) {
      const covering = smoothstep(-SOFT_EDGE, SOFT_EDGE, depth(u, v));
      if (covering === 0) return;
      const patchy = 0.85 + 0.3 * fractalNoise(seed + 9, u / 4, v / 4, 2);
      const share = Math.min(1, covering * density * patchy);
      surface.red *= mix(1, colour[0], share);
      surface.green *= mix(1, colour[1], share);
      surface.blue *= mix(1, colour[2], share);
      surface.gloss *= mix(1, gloss, share);
    },
    covers: (u, v) => depth(u, v) >= -0.2 * SOFT_EDGE,
  };
}

/** Anywhere on the metal where most of the blob lands on metal. */
function place(random: Random, radius: number): { u: number; v: number } {
  for (;;) {
    const u = random.uniform(-75, 75);
    const v = random.uniform(-75, 75);
    const onPlate = plateDistance(u, v) + 0.6 * radius < 0;
    const fromAxis = Math.sqrt(u * u + v * v);
    const offBore = fromAxis > Math.min(BORE.radius + radius, BOSS.radius);
    if (onPlate && offBore && fromBolt(u, v) > BOLT.counterbore) return { u, v };
  }
}
