import { fromArrayBuffer } from "geotiff";
import { expect, it } from "vitest";
import { encodeNpy } from "./encode-npy.ts";
import { encodeTiff } from "./encode-tiff.ts";

const WIDTH = 70;
const HEIGHT = 3;
const data = Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) => Math.sin(i) * 1e3);
data.set([Number.NaN, Number.POSITIVE_INFINITY, -0, 1e-30]);
const MAP = { width: WIDTH, height: HEIGHT, data };

it("writes a TIFF that an independent reader gives back", async () => {
  const bytes = await encodeTiff(MAP);
  const tiff = await fromArrayBuffer(Uint8Array.from(bytes).buffer);
  const image = await tiff.getImage();
  expect([image.getWidth(), image.getHeight(), image.getSamplesPerPixel()]).toEqual([WIDTH, HEIGHT, 1]);
  const [band] = await image.readRasters();
  expect(band).toEqual(data);
});

it("writes an NPY file as the format's specification says", () => {
  const bytes = encodeNpy(MAP);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect([...bytes.subarray(0, 8)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  const start = 10 + view.getUint16(8, true);
  expect(start % 64).toBe(0);
  const header = new TextDecoder().decode(bytes.subarray(10, start));
  expect(header).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(3, 70\), \} *\n$/);
  expect(bytes.length).toBe(start + 4 * data.length);
  expect(Float32Array.from(data, (_, i) => view.getFloat32(start + 4 * i, true))).toEqual(data);
});
