/** What is seen at one point of the part. Written in place, so that one object serves a whole render. */
export interface Surface {
  kind: "bench" | "metal" | "opening";
  /** The normal is (tiltX, tiltY, 1) before normalising, part frame. */
  tiltX: number;
  tiltY: number;
  /** Unit direction of the machining marks, part frame. */
  grainX: number;
  grainY: number;
  /** Share of the lamp's and of the surrounding light that arrives. */
  lit: number;
  open: number;
  gloss: number;
  red: number;
  green: number;
  blue: number;
  /** Distance to the nearest sharp border, pixels at scale 1. */
  border: number;
}

/** Where the light and the camera stand, as shifts in the part frame per unit of height. */
export interface Slant {
  /** Towards the lamp. */
  readonly lightX: number;
  readonly lightY: number;
  /** Shift of a deep point towards the optical axis, per pixel from it and per unit of depth. */
  readonly perspective: number;
}

export function emptySurface(): Surface {
  return {
    kind: "bench",
    tiltX: 0,
    tiltY: 0,
    grainX: 1,
    grainY: 0,
    lit: 1,
    open: 1,
    gloss: 1,
    red: 1,
    green: 1,
    blue: 1,
    border: Number.POSITIVE_INFINITY,
  };
}

/** Makes `surface` a flat, fully lit piece of `kind`. */
export function resetSurface(surface: Surface, kind: Surface["kind"]): void {
  Object.assign(surface, FLAT);
  surface.kind = kind;
}

const FLAT: Surface = emptySurface();
