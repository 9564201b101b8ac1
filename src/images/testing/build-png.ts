import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { crc32, createDeflate, deflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

/** A PNG's parts, to put together such as no encoder would. */
export function chunk(type: string, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), framed.length - 4);
  return framed;
}

/** 8-bit RGB; says what size it likes. */
export function header(width: number, height: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([8, 2], 8);
  return chunk("IHDR", data);
}

/** Black rows. */
export function rows(width: number, height: number): Buffer {
  return deflateSync(Buffer.alloc((3 * width + 1) * height));
}

export function png(...chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([SIGNATURE, ...chunks, chunk("IEND")]);
}

const MEGABYTE = Buffer.alloc(2 ** 20);

/** So many MiB of zeros, compressed piece by piece: what is at hand of them at once does not count in a test of memory. */
export function compressedZeros(megabytes: number): Promise<Buffer> {
  const pieces = Readable.from(Array.from({ length: megabytes }, () => MEGABYTE));
  return buffer(pieces.pipe(createDeflate()));
}

/** A keyword before compressed data, as iCCP and zTXt have it. */
export function named(data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from("x\0\0", "latin1"), data]);
}
