import type { AnomalyMap } from "../pixels/index.ts";
import { littleEndianFloats } from "./float32.ts";

/**
 * A NumPy array of shape [height, width], float32, NaN where not inspected; `numpy.load` reads it.
 *
 * Format: NEP 1, "A simple file format for NumPy arrays", version 1.0.
 */
export function encodeNpy({ width, height, data }: AnomalyMap): Uint8Array {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${height}, ${width}), }`;
  // The magic string, two bytes of version, two of length and the header together fill a multiple of 64 bytes.
  const length = Math.ceil((10 + header.length + 1) / 64) * 64 - 10;
  const start = new TextEncoder().encode(`.NUMPY\x01\x00..${header.padEnd(length - 1)}\n`);
  start[0] = 0x93;
  new DataView(start.buffer).setUint16(8, length, true);
  return Buffer.concat([start, littleEndianFloats(data)]);
}
