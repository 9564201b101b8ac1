import type { Random } from "../../random.ts";
import type { Defect } from "./defect.ts";
import { smoothstep } from "./noise.ts";
import { discFits } from "./part.ts";

/** A shallow hollow with a clear rim, 11 to 26 pixels across: its sides tilt towards its centre. */
export function dent(random: Random): Defect {
  const { u: centreU, v: centreV, radius } = place(random);
  const steepness = random.uniform(0.45, 0.8);
  const squash = random.uniform(0.75, 1);
  const angle = random.uniform(0, Math.PI);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);

  const polar = (u: number, v: number) => {
    const du = u - centreU;
    const dv = v - centreV;
    const along = (du * cos + dv * sin) / radius;
    const across = (dv * cos - du * sin) / (radius * squash);
    return { along, across, distance: Math.sqrt(along * along + across * across) };
  };
  return {
    centreU,
    centreV,
    reach: radius + 1,
    alter(surface, u, v) {
      const { along, across, distance } = polar(u, v);
      const inside = 1 - smoothstep(0.88, 1.02, distance);
      if (inside === 0) return;
      const slope = -steepness * inside * (0.35 + 0.65 * distance);
      const reach = distance || 1;
      surface.tiltX += (slope * (along * cos - across * sin)) / reach;
      surface.tiltY += (slope * (along * sin + across * cos)) / reach;
      surface.open *= 1 - 0.3 * inside;
      surface.gloss *= 1 - 0.15 * inside;
    },
    covers: (u, v) => polar(u, v).distance <= 0.97,
  };
}

function place(random: Random): { u: number; v: number; radius: number } {
  for (;;) {
    const radius = random.uniform(5.5, 13);
    const u = random.uniform(-80, 80);
    const v = random.uniform(-80, 80);
    if (discFits(u, v, radius)) return { u, v, radius };
  }
}
