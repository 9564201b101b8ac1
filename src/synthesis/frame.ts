/** RGB, [size, size, 3], row by row, in the network's input frame. */
export interface Frame {
  readonly size: number;
  readonly data: Uint8Array;
}

/** The side at which lengths of shapes and fills are stated; other frames scale them. */
const STATED_SIZE = 256;

/** How many pixels of a frame one pixel at 256 x 256 is. */
export function pixelScale(size: number): number {
  return size / STATED_SIZE;
}

export function isGrey({ data }: Frame): boolean {
  for (let i = 0; i < data.length; i += 3) {
    if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return false;
  }
  return true;
}
