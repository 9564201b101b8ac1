import { smoothstep } from "./noise.ts";
import { PLATE, plateDistance } from "./part.ts";
import { bossShadow } from "./shadow.ts";
import type { Slant, Surface } from "./surface.ts";

/** The brushed plate with its bevelled outline; `outline` is the signed distance to it. */
export function plate(
  surface: Surface,
  u: number,
  v: number,
  radius: number,
  outline: number,
  slant: Slant,
): void {
  const bevel = smoothstep(-PLATE.bevel - 0.7, -PLATE.bevel + 0.7, outline);
  surface.border = Math.min(surface.border, Math.abs(outline + PLATE.bevel));
  if (bevel > 0) {
    const outX = plateDistance(u + 0.5, v) - plateDistance(u - 0.5, v);
    const outY = plateDistance(u, v + 0.5) - plateDistance(u, v - 0.5);
    surface.tiltX = 0.55 * bevel * outX;
    surface.tiltY = 0.55 * bevel * outY;
    if (bevel > 0.5) {
      surface.grainX = -outY;
      surface.grainY = outX;
    }
  }
  bossShadow(surface, u, v, radius, 1, slant);
}
