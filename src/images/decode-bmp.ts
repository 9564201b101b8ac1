import { MAX_PIXELS, MAX_SIDE_RATIO } from "../pixels/index.ts";
import type { Pixels } from "./pixels.ts";

const PLAIN = 0;
const BIT_FIELDS = 3;
const ALPHA_BIT_FIELDS = 6;

/** Red, green and blue bits of a 16- or 32-bit pixel. */
type Masks = readonly [number, number, number];

/**
 * Decodes a Windows bitmap of 1, 4, 8, 16, 24 or 32 bits per pixel, with palette or bit fields, stored bottom-up or
 * top-down; alpha is left out. Throws a plain Error that says what is wrong. Run-length compression is refused.
 *
 * Layout: Microsoft, "Bitmap storage" (BITMAPFILEHEADER, BITMAPINFOHEADER and its later versions).
 */
export function decodeBmp(bytes: Uint8Array): Pixels {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 54) throw new Error("the file ends inside its header");
  const start = view.getUint32(10, true);
  const headerSize = view.getUint32(14, true);
  if (headerSize < 40) throw new Error(`a bitmap header of ${headerSize} bytes is not supported`);
  const width = view.getInt32(18, true);
  const signedHeight = view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  if (width <= 0 || height === 0) throw new Error(`a size of ${width} x ${height} pixels`);
  if (width * height > MAX_PIXELS) throw new Error(`${width} x ${height} pixels exceeds the pixel limit`);
  if (Math.max(width, height) > MAX_SIDE_RATIO * Math.min(width, height)) {
    throw new Error(`${width} x ${height} pixels is too long and thin`);
  }
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (start < 14 + headerSize || start + stride * height > bytes.length) {
    throw new Error("the file ends before its last pixel");
  }

  const data = new Uint8Array(width * height * 3);
  const readRow = rowReader(view, bits, compression, headerSize, start);
  for (let y = 0; y < height; y++) {
    const stored = signedHeight > 0 ? height - 1 - y : y;
    readRow(start + stored * stride, data.subarray(y * width * 3, (y + 1) * width * 3));
  }
  return { width, height, channels: 3, data };
}

type ReadRow = (offset: number, target: Uint8Array) => void;

function rowReader(
  view: DataView,
  bits: number,
  compression: number,
  headerSize: number,
  start: number,
): ReadRow {
  if (compression === PLAIN) {
    if (bits === 1 || bits === 4 || bits === 8) return indexedRow(view, bits, headerSize, start);
    if (bits === 16) return maskedRow(view, 2, [0x7c00, 0x03e0, 0x001f]);
    if (bits === 24) return trueColourRow(view);
    if (bits === 32) return maskedRow(view, 4, [0xff0000, 0xff00, 0xff]);
  }
  if ((compression === BIT_FIELDS || compression === ALPHA_BIT_FIELDS) && (bits === 16 || bits === 32)) {
    if (view.byteLength < 66) throw new Error("the file ends inside its header");
    const masks: Masks = [view.getUint32(54, true), view.getUint32(58, true), view.getUint32(62, true)];
    return maskedRow(view, bits === 16 ? 2 : 4, masks);
  }
  throw new Error(`${bits} bits per pixel with compression ${compression} is not supported`);
}

function indexedRow(view: DataView, bits: 1 | 4 | 8, headerSize: number, start: number): ReadRow {
  const palette = 14 + headerSize;
  const declared = view.getUint32(46, true) || 1 << bits;
  const colours = Math.min(declared, Math.floor((start - palette) / 4));
  const perByte = 8 / bits;
  return (offset, target) => {
    for (let x = 0; 3 * x < target.length; x++) {
      const byte = view.getUint8(offset + Math.floor(x / perByte));
      const index = (byte >> (8 - bits * ((x % perByte) + 1))) & ((1 << bits) - 1);
      if (index >= colours) throw new Error(`colour ${index} of a palette of ${colours}`);
      for (let c = 0; c < 3; c++) target[3 * x + c] = view.getUint8(palette + 4 * index + 2 - c);
    }
  };
}

function trueColourRow(view: DataView): ReadRow {
  return (offset, target) => {
    for (let i = 0; i < target.length; i += 3) {
      for (let c = 0; c < 3; c++) target[i + c] = view.getUint8(offset + i + 2 - c);
    }
  };
}

function maskedRow(view: DataView, bytesPerPixel: 2 | 4, masks: Masks): ReadRow {
  const fields = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { mask, shift, most: mask >>> shift };
  });
  return (offset, target) => {
    for (let x = 0; 3 * x < target.length; x++) {
      const at = offset + x * bytesPerPixel;
      const pixel = bytesPerPixel === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
      fields.forEach(({ mask, shift, most }, c) => {
        target[3 * x + c] = most === 0 ? 0 : Math.round((((pixel & mask) >>> shift) * 255) / most);
      });
    }
  };
}
