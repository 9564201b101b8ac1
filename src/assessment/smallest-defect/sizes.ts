/** Diameters in pixels of the network's input, of which eight or sixteen are one patch. */
const IN_INPUT = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32];
/** The largest spot's share of the smallest image's shorter side. */
const LARGEST = 1 / 3;

/**
 * The sizes to try, in whole pixels of images with these shorter sides, ascending: as many pixels of the network's input, which has
 * `input` a side, in the image whose shorter side is the median, or in its tiles where it is cut into such.
 */
export function growingSizes(shorterSides: readonly number[], input: number, tile?: number): number[] {
  const sorted = [...shorterSides].sort((a, b) => a - b);
  const scale = (tile ?? sorted[Math.floor(sorted.length / 2)]!) / input;
  const most = Math.max(1, Math.floor(LARGEST * sorted[0]!));
  const sizes = IN_INPUT.map((size) => Math.max(1, Math.round(scale * size)));
  return [...new Set(sizes)].filter((size) => size <= most);
}
