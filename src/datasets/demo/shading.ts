import type { Light, Metal } from "./scene.ts";
import type { Surface } from "./surface.ts";

/** Lamp and camera in the part's frame, pixels at scale 1. */
export interface Viewpoint {
  readonly lightX: number;
  readonly lightY: number;
  readonly lightZ: number;
  readonly cameraX: number;
  readonly cameraY: number;
  readonly cameraZ: number;
}

const ALONG_GRAIN = 0.15;
const ACROSS_GRAIN = 0.4;

/**
 * Light that a machined surface sends to the camera, before tint: a Lambert term, light from around, and Ward's
 * anisotropic highlight (Ward, "Measuring and modeling anisotropic reflection", 1992), which gives brushed and turned
 * metal its streaks.
 */
export function metalRadiance(
  surface: Surface,
  u: number,
  v: number,
  view: Viewpoint,
  light: Light,
  metal: Metal,
): number {
  const { tiltX, tiltY, grainX, grainY } = surface;
  const normalScale = 1 / Math.sqrt(tiltX * tiltX + tiltY * tiltY + 1);
  const nx = tiltX * normalScale;
  const ny = tiltY * normalScale;
  const nz = normalScale;

  let lx = view.lightX - u;
  let ly = view.lightY - v;
  let lz = view.lightZ;
  const lightScale = 1 / Math.sqrt(lx * lx + ly * ly + lz * lz);
  lx *= lightScale;
  ly *= lightScale;
  lz *= lightScale;
  const cx = view.cameraX - u;
  const cy = view.cameraY - v;
  const cz = view.cameraZ;
  const cameraScale = 1 / Math.sqrt(cx * cx + cy * cy + cz * cz);
  const hx = lx + cx * cameraScale;
  const hy = ly + cy * cameraScale;
  const hz = lz + cz * cameraScale;

  const incidence = Math.max(0, nx * lx + ny * ly + nz * lz);
  const along = hx * grainX + hy * grainY - (hx * nx + hy * ny + hz * nz) * (nx * grainX + ny * grainY);
  const upright = hx * nx + hy * ny + hz * nz;
  const squared = hx * hx + hy * hy + hz * hz - upright * upright;
  const across2 = Math.max(0, squared - along * along);
  const exponent = (along * along) / (ALONG_GRAIN * ALONG_GRAIN) + across2 / (ACROSS_GRAIN * ACROSS_GRAIN);
  const highlight = upright > 0 ? Math.exp(-exponent / (upright * upright)) * Math.sqrt(incidence) : 0;
  const around = 0.045 + 0.05 * nz - 0.06 * (nx * lx + ny * ly);

  const lamp =
    light.strength * surface.lit * (0.16 * incidence + 0.72 * metal.gloss * surface.gloss * highlight);
  return metal.reflectance * (lamp + light.fill * surface.open * around);
}
