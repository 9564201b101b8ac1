/** A map's values as the bits of float32 numbers, without copying. */
export function bitsOf(map: Float32Array): Int32Array {
  return new Int32Array(map.buffer, map.byteOffset, map.length);
}

/** Where the run of pixels that begins at `from` ends: the first pixel after it that differs in being zero or not. */
export function endOfRun(mask: Uint8Array, from: number): number {
  const isInside = mask[from] !== 0;
  let to = from + 1;
  while (to < mask.length && (mask[to] !== 0) === isInside) to++;
  return to;
}

/** Whether a mask marks any pixel. */
export function marksAny(mask: Uint8Array): boolean {
  return mask.length > 0 && (mask[0] !== 0 || endOfRun(mask, 0) < mask.length);
}
