import { checkFields } from "../fields.ts";
import type { AnomalyMap } from "../pixels/index.ts";
import { littleEndianFloats } from "./float32.ts";

const SHORT = 3;
const LONG = 4;
const HEADER_BYTES = 8;

/**
 * A TIFF of one band of float32 samples, uncompressed, in one strip; NaN where not inspected.
 *
 * Format: Adobe, "TIFF Revision 6.0", 1992. Written here because sharp clips floats to 8 or 16 bits, and geotiff's
 * writer claims that every picture without a map projection spans the globe.
 */
export async function encodeTiff(map: AnomalyMap): Promise<Uint8Array> {
  checkFields("encodeTiff", { map }, { map: "image" });
  const { width, height, data } = map;
  const fields = [
    { tag: 256, type: LONG, value: width },
    { tag: 257, type: LONG, value: height },
    { tag: 258, type: SHORT, value: 32 }, // bits per sample
    { tag: 259, type: SHORT, value: 1 }, // no compression
    { tag: 262, type: SHORT, value: 1 }, // zero is black
    { tag: 273, type: LONG, value: 0 }, // where the strip starts
    { tag: 277, type: SHORT, value: 1 }, // samples per pixel
    { tag: 278, type: LONG, value: height }, // rows per strip
    { tag: 279, type: LONG, value: data.length * 4 }, // bytes in the strip
    { tag: 339, type: SHORT, value: 3 }, // samples are IEEE floats
  ];
  const strip = HEADER_BYTES + 2 + 12 * fields.length + 4;
  const start = new Uint8Array(strip);
  const view = new DataView(start.buffer);
  start.set([0x49, 0x49, 42, 0]);
  view.setUint32(4, HEADER_BYTES, true);
  view.setUint16(HEADER_BYTES, fields.length, true);
  fields.forEach(({ tag, type, value }, index) => {
    const at = HEADER_BYTES + 2 + 12 * index;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, 1, true);
    view.setUint32(at + 8, tag === 273 ? strip : value, true);
  });
  return Buffer.concat([start, littleEndianFloats(data)]);
}
