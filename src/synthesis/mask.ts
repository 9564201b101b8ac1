/** Which part of a frame. */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Share of each pixel that a shape covers, [height * width], 0..1; nothing outside the box. */
export interface Mask extends Box {
  readonly data: Float32Array;
}

/** The whole pixels within `reach` of the rectangle from (y0, x0) to (y1, x1), as far as they lie in the frame; may be empty. */
export function boxAround(
  size: number,
  reach: number,
  y0: number,
  x0: number,
  y1: number = y0,
  x1: number = x0,
): Box {
  const top = Math.max(0, Math.floor(y0 - reach));
  const left = Math.max(0, Math.floor(x0 - reach));
  const bottom = Math.min(size, Math.ceil(y1 + reach));
  const right = Math.min(size, Math.ceil(x1 + reach));
  return { top, left, height: Math.max(0, bottom - top), width: Math.max(0, right - left) };
}

export function emptyMask(box: Box): Mask {
  return { ...box, data: new Float32Array(box.height * box.width) };
}

/** Share of a pixel that lies inside an edge, `depth` pixels inwards of which its centre is. */
export function insideEdge(depth: number): number {
  return Math.min(1, Math.max(0, depth + 0.5));
}
