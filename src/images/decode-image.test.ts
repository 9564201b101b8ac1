import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeImage } from "./decode-image.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-images-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const WIDTH = 5;
const HEIGHT = 3;
const PIXELS = WIDTH * HEIGHT;
const COLOURS = Uint8Array.from({ length: PIXELS * 3 }, (_, i) => (i * 37) % 256);
const GREYS = Uint8Array.from({ length: PIXELS }, (_, i) => i * 18);
const colour = () => raw(COLOURS, 3);
const grey = () => raw(GREYS, 1).toColourspace("b-w");

function raw(data: Uint8Array | Uint16Array, channels: 1 | 2 | 3 | 4) {
  return sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels } });
}

function repeated(data: Iterable<number>): number[] {
  return [...data].flatMap((value) => [value, value, value]);
}

async function decode(name: string, made: Sharp | Uint8Array) {
  const path = join(folder, name);
  const bytes = made instanceof Uint8Array ? made : await made.toBuffer();
  await writeFile(path, bytes);
  const image = await decodeImage(path);
  expect(await decodeImage(bytes)).toEqual(image);
  return image;
}

describe("decodeImage", () => {
  it("gives plain bytes, whose slice is a copy, as a Buffer's is not", async () => {
    const { data } = await decode("plain.png", colour().png());
    const copy = data.slice();
    copy.fill(7);
    expect([...data]).toEqual([...COLOURS]);
  });

  it.each([
    ["rgb.png", () => colour().png()],
    ["interlaced.png", () => colour().png({ progressive: true })],
    ["rgb.tif", () => colour().tiff({ compression: "lzw" })],
    [
      "tiled.tiff",
      () => colour().tiff({ compression: "deflate", tile: true, tileWidth: 16, tileHeight: 16 }),
    ],
    ["rgb.webp", () => colour().webp({ lossless: true })],
    ["named-otherwise.jpg", () => colour().png()],
  ])("reads colour without loss: %s", async (name, make) => {
    const image = await decode(name, make());
    expect([image.width, image.height]).toEqual([WIDTH, HEIGHT]);
    expect([...image.data]).toEqual([...COLOURS]);
  });

  it.each([
    ["grey.png", () => grey().png()],
    ["grey.tif", () => grey().tiff({ compression: "lzw" })],
  ])("repeats grey over three channels: %s", async (name, make) => {
    expect([...(await decode(name, make())).data]).toEqual(repeated(GREYS));
  });

  it("reads a grey JPEG close to what was written, channels equal", async () => {
    const { data } = await decode("grey.jpg", grey().jpeg({ quality: 100 }));
    const greys = Array.from({ length: PIXELS }, (_, i) => data[3 * i]!);
    expect([...data]).toEqual(repeated(greys));
    for (const [i, value] of greys.entries()) expect(Math.abs(value - GREYS[i]!)).toBeLessThanOrEqual(2);
  });

  it("reads a palette", async () => {
    const four = COLOURS.map((_, i) => (Math.floor(i / 3) % 4) * 60 + (i % 3) * 20);
    const bytes = await raw(four, 3).png({ palette: true, dither: 0 }).toBuffer();
    expect(bytes.includes("PLTE")).toBe(true);
    expect([...(await decode("palette.png", bytes)).data]).toEqual([...four]);
  });

  it("reads one bit per pixel as black and white", async () => {
    const bits = GREYS.map((_, i) => (i % 3 === 0 ? 255 : 0));
    const tiff = raw(bits, 1).toColourspace("b-w").tiff({ bitdepth: 1, compression: "none" });
    expect([...(await decode("bits.tif", tiff)).data]).toEqual(repeated(bits));
  });

  it("drops alpha and keeps the colours below it", async () => {
    const rgba = Uint8Array.from({ length: PIXELS * 4 }, (_, i) =>
      i % 4 === 3 ? (i * 90) % 256 : COLOURS[3 * Math.floor(i / 4) + (i % 4)]!,
    );
    expect([...(await decode("rgba.png", raw(rgba, 4).png())).data]).toEqual([...COLOURS]);
    const greyAlpha = Uint8Array.from({ length: PIXELS * 2 }, (_, i) => (i % 2 ? 40 : GREYS[i / 2]!));
    const png = raw(greyAlpha, 2).toColourspace("b-w").png();
    expect([...(await decode("grey-alpha.png", png)).data]).toEqual(repeated(GREYS));
  });

  it("converts CMYK", async () => {
    const { data } = await decode("cmyk.jpg", colour().toColourspace("cmyk").jpeg({ quality: 100 }));
    expect(data.length).toBe(PIXELS * 3);
  });

  it("ignores an embedded colour profile, so that the numbers stay the sensor's", async () => {
    const png = await colour().withIccProfile("p3").png().toBuffer();
    const stored = await sharp(png, { ignoreIcc: true }).raw().toBuffer();
    expect((await sharp(png).metadata()).hasProfile).toBe(true);
    expect([...(await decode("profile.png", png)).data]).toEqual([...stored]);
  });
});

describe("decodeImage of 16-bit files", () => {
  const DEEP_GREYS = Uint16Array.from(
    { length: PIXELS },
    (_, i) => [0, 128, 129, 32768, 65406, 65535][i % 6]!,
  );
  const SCALED_GREYS = Array.from(
    DEEP_GREYS,
    (value) => [0, 0, 1, 128, 254, 255][[0, 128, 129, 32768, 65406, 65535].indexOf(value)]!,
  );
  const deepGrey = () => raw(DEEP_GREYS, 1).toColourspace("grey16");

  it.each([
    ["grey16.png", () => deepGrey().png()],
    ["grey16.tif", () => deepGrey().tiff({ compression: "lzw" })],
  ])("scales grey to 8 bits and rounds: %s", async (name, make) => {
    const bytes = await make().toBuffer();
    expect((await sharp(bytes).metadata()).depth).toBe("ushort");
    expect([...(await decode(name, bytes)).data]).toEqual(repeated(SCALED_GREYS));
  });

  it.each([
    ["rgb16.png", (image: Sharp) => image.png()],
    ["rgb16.tif", (image: Sharp) => image.tiff({ compression: "lzw" })],
  ])("scales colour to 8 bits: %s", async (name, encode) => {
    const bytes = await encode(
      raw(
        Uint16Array.from(COLOURS, (value) => value * 257),
        3,
      ).toColourspace("rgb16"),
    ).toBuffer();
    expect((await sharp(bytes).metadata()).depth).toBe("ushort");
    expect([...(await decode(name, bytes)).data]).toEqual([...COLOURS]);
  });
});

describe("decodeImage of a turned photo", () => {
  // Stored rows 0 1 / 2 3 / 4 5; the table says what each EXIF orientation shows.
  it.each([
    [1, 2, [0, 1, 2, 3, 4, 5]],
    [2, 2, [1, 0, 3, 2, 5, 4]],
    [3, 2, [5, 4, 3, 2, 1, 0]],
    [4, 2, [4, 5, 2, 3, 0, 1]],
    [5, 3, [0, 2, 4, 1, 3, 5]],
    [6, 3, [4, 2, 0, 5, 3, 1]],
    [7, 3, [5, 3, 1, 4, 2, 0]],
    [8, 3, [1, 3, 5, 0, 2, 4]],
  ])("orientation %i", async (orientation, width, shown) => {
    const stored = Uint8Array.of(0, 1, 2, 3, 4, 5).map((value) => value * 40);
    const photo = sharp(stored, { raw: { width: 2, height: 3, channels: 1 } }).toColourspace("b-w");
    const image = await decode(
      `turned-${orientation}.webp`,
      photo.webp({ lossless: true }).withMetadata({ orientation }),
    );
    expect([image.width, image.height]).toEqual([width, 6 / width]);
    expect([...image.data]).toEqual(repeated(shown.map((value) => value * 40)));
  });
});
