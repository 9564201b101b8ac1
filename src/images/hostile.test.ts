import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeImage } from "./decode-image.ts";
import { readImageSize } from "./image-size.ts";
import { chunk, compressedZeros, header, named, png, rows } from "./testing/build-png.ts";

/** Files that are made to do harm, or that only look odd: each is a clear error or an image, at a bounded cost. */

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-hostile-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function store(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** MiB that a small file unpacks to. */
const BOMB = 160;
const flat = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 40 } } });
const twoPages = () =>
  sharp(Buffer.concat([Buffer.alloc(300, 10), Buffer.alloc(300, 200)]), {
    raw: { width: 10, height: 20, channels: 3, pageHeight: 10 },
  });

/** A PNG with an animation's chunks: two frames of 4 x 4. */
function apng(): Buffer {
  const frames = Buffer.alloc(8);
  frames.writeUInt32BE(2, 0);
  const control = (sequence: number) => {
    const data = Buffer.alloc(26);
    for (const [i, value] of [sequence, 4, 4].entries()) data.writeUInt32BE(value, 4 * i);
    return chunk("fcTL", data);
  };
  const second = chunk("fdAT", Buffer.concat([Buffer.from([0, 0, 0, 2]), rows(4, 4)]));
  return png(header(4, 4), chunk("acTL", frames), control(0), chunk("IDAT", rows(4, 4)), control(1), second);
}

async function withBomb(type: string): Promise<Buffer> {
  return png(header(4, 4), chunk(type, named(await compressedZeros(BOMB))), chunk("IDAT", rows(4, 4)));
}

async function withProfile(profile: string): Promise<Buffer> {
  const jpeg = await flat(8, 8).jpeg().toBuffer();
  const data = Buffer.from(`ICC_PROFILE\0\x01\x01${profile}`, "latin1");
  const marker = Buffer.from([0xff, 0xe2, 0, data.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), marker, data, jpeg.subarray(2)]);
}

describe("is refused", () => {
  test.each<[string, () => Promise<Buffer> | Buffer, string]>([
    ["bomb.png", () => png(header(30_000, 30_000), chunk("IDAT", rows(4, 4))), "30000 x 30000 pixels"],
    ["overflow.png", () => png(header(2 ** 31 - 1, 2 ** 31 - 1), chunk("IDAT", rows(4, 4))), ""],
    ["promise.png", () => png(header(9000, 9000), chunk("IDAT", rows(4, 4))), "cannot be decoded"],
    ["nothing.png", () => png(header(0, 4), chunk("IDAT", rows(4, 4))), "cannot be decoded"],
    ["no-data.png", () => png(header(4, 4)), "cannot be decoded"],
    ["stripe.png", () => flat(65_535, 1).png().toBuffer(), "65535 x 1 pixels"],
    ["stripe.jpg", () => flat(1, 65_500).jpeg().toBuffer(), "1 x 65500 pixels"],
    ["animated.gif", () => twoPages().gif().toBuffer(), "gif content"],
    ["still.gif", () => flat(4, 4).gif().toBuffer(), "gif content"],
  ])("%s", async (name, build, received) => {
    const path = await store(name, await build());
    const before = process.resourceUsage().maxRSS;
    await expect(decodeImage(path)).rejects.toMatchObject({
      code: "RSAD_IMAGE_INVALID",
      subject: path,
      received: expect.stringContaining(received),
      hint: expect.stringContaining(path),
    });
    // In KiB; the picture that the first one promises would take 2.5 GiB.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(512 * 1024);
  });
});

describe("is read, for what its pixels are", () => {
  test.each<[string, () => Promise<Buffer> | Buffer, readonly number[]]>([
    ["one-pixel.png", () => flat(1, 1).png().toBuffer(), [1, 1, 200, 30, 40]],
    [
      "unending.png",
      async () => png(header(4, 4), chunk("IDAT", await compressedZeros(BOMB))),
      [4, 4, 0, 0, 0],
    ],
    ["profile-bomb.png", () => withBomb("iCCP"), [4, 4, 0, 0, 0]],
    ["text-bomb.png", () => withBomb("zTXt"), [4, 4, 0, 0, 0]],
    [
      "broken-profile.png",
      () => png(header(4, 4), chunk("iCCP", Buffer.from("x\0\0rubbish")), chunk("IDAT", rows(4, 4))),
      [4, 4, 0, 0, 0],
    ],
    ["broken-profile.jpg", () => withProfile("no profile at all"), [8, 8, 200, 30, 40]],
    ["cmyk.tif", () => flat(8, 6).toColourspace("cmyk").tiff().toBuffer(), [8, 6, 200, 30, 40]],
    ["animated.webp", () => twoPages().webp({ lossless: true }).toBuffer(), [10, 10, 10, 10, 10]],
    ["animated.png", apng, [4, 4, 0, 0, 0]],
    ["pages.tif", () => twoPages().tiff().toBuffer(), [10, 10, 10, 10, 10]],
  ])("%s", async (name, build, [width, height, ...colour]) => {
    const path = await store(name, await build());
    const before = process.resourceUsage().maxRSS;
    const image = await decodeImage(path);
    expect([image.width, image.height, image.data.length]).toEqual([width, height, 3 * width! * height!]);
    // CMYK has no exact way back.
    const tolerance = name.startsWith("cmyk") ? 30 : 1;
    for (const [channel, value] of colour.entries()) {
      expect(Math.abs(image.data[channel]! - value)).toBeLessThanOrEqual(tolerance);
    }
    expect(await readImageSize(path)).toEqual({ width, height });
    expect(process.resourceUsage().maxRSS - before).toBeLessThan((BOMB / 2) * 1024);
  });
});

test.each<[string, () => Promise<Buffer>]>([
  ["animated.webp", () => twoPages().webp({ lossless: true }).toBuffer()],
  ["cmyk.jpg", () => flat(64, 48).toColourspace("cmyk").jpeg().toBuffer()],
  ["deep.png", () => flat(64, 48).toColourspace("rgb16").png().toBuffer()],
  ["deep.tif", () => flat(64, 48).toColourspace("rgb16").tiff({ compression: "deflate" }).toBuffer()],
  ["tiles.tif", () => flat(64, 48).tiff({ tile: true, tileWidth: 16, tileHeight: 16 }).toBuffer()],
])("%s cut short anywhere is an error or an image of the whole size", async (name, build) => {
  const whole = await build();
  const { width, height } = await decodeImage(await store(name, whole));
  let errors = 0;
  for (let part = 1; part < 24; part++) {
    const path = await store(`cut-${name}`, whole.subarray(0, Math.floor((part * whole.length) / 24)));
    const outcome = await decodeImage(path).catch((error) => error);
    if (outcome instanceof Error) {
      expect(outcome).toMatchObject({ code: "RSAD_IMAGE_INVALID", subject: path });
      errors++;
    } else expect([outcome.width, outcome.height]).toEqual([width, height]);
  }
  expect(errors).toBeGreaterThan(11);
});
