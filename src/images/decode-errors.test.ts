import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode as encodeBmp } from "fast-bmp";
import fc from "fast-check";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RsadError } from "../errors.ts";
import { MAX_PIXELS, MAX_SIDE_RATIO } from "../pixels/index.ts";
import { decodeImage } from "./decode-image.ts";
import { decodeMask } from "./decode-mask.ts";
import { encodeTiff } from "./encode-tiff.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-images-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const WIDTH = 24;
const HEIGHT = 17;
const DATA = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => (i * 37 + (i >> 4)) % 256);
const photo = () => sharp(DATA, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
const ENCODERS: Record<string, () => Promise<Uint8Array>> = {
  "a.png": () => photo().png().toBuffer(),
  "a.jpg": () => photo().jpeg().toBuffer(),
  "b.jpg": () => photo().jpeg({ progressive: true }).toBuffer(),
  "a.webp": () => photo().webp().toBuffer(),
  "a.tif": () => photo().tiff({ compression: "lzw" }).toBuffer(),
  "b.tif": () => photo().tiff({ compression: "none" }).toBuffer(),
  "a.bmp": async () =>
    encodeBmp({ width: WIDTH, height: HEIGHT, channels: 3, components: 3, bitsPerPixel: 24, data: DATA }),
};
const NAMES = Object.keys(ENCODERS);

async function store(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

async function failure(path: string): Promise<RsadError> {
  const error = await decodeImage(path).then(
    () => undefined,
    (cause) => cause,
  );
  expect(error).toBeInstanceOf(RsadError);
  expect(error.subject).toBe(path);
  expect(error.hint).not.toBe("");
  await sameOfBytes(path, error);
  return error;
}

/** What is wrong with a file is wrong with its bytes, which have no name. */
async function sameOfBytes(path: string, { code, message }: RsadError): Promise<void> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return;
  const error = await decodeImage(bytes).catch((cause) => cause);
  expect(error).toBeInstanceOf(RsadError);
  expect([error.code, error.message]).toEqual([code, message.replace(path, "the image")]);
  expect(error.hint).not.toContain(path);
}

describe("decodeImage refuses", () => {
  it.each([
    ["a text file", "hello, I am no image\n"],
    [
      "a bitmap that is text",
      "BM is what this text begins with, and it is long enough to hold a bitmap's header",
    ],
    ["an SVG drawing", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ["an empty file", ""],
    ["one byte", "B"],
  ])("%s named .png", async (_, text) => {
    const error = await failure(await store("text.png", text));
    expect(error.code).toBe("RSAD_IMAGE_INVALID");
    expect(error.hint).toContain("text.png");
  });

  it.each(NAMES)("%s cut short", async (name) => {
    const bytes = await ENCODERS[name]!();
    for (const share of [0.2, 0.5, 0.9]) {
      const path = await store(name, bytes.subarray(0, Math.floor(bytes.length * share)));
      const error = await failure(path);
      expect(error.code).toBe("RSAD_IMAGE_INVALID");
      expect(error.message).not.toContain("failOn");
    }
  });

  it("a folder", async () => {
    const path = join(folder, "folder.png");
    await mkdir(path);
    const error = await failure(path);
    expect([error.code, error.received]).toEqual(["RSAD_IMAGE_INVALID", "a folder"]);
  });

  it.each([undefined, 7, new ArrayBuffer(8), new URL("file:///part.png")])(
    "%o, which is neither path nor bytes",
    async (source) => {
      await expect(decodeImage(source as never)).rejects.toMatchObject({ code: "RSAD_ARGUMENT_INVALID" });
    },
  );

  it("a missing file", async () => {
    expect((await failure(join(folder, "missing.png"))).code).toBe("RSAD_FILE_MISSING");
  });

  const mayReadAll = process.platform === "win32" || process.getuid?.() === 0;
  it.skipIf(mayReadAll)("a file without permission", async () => {
    const path = await store("secret.png", await ENCODERS["a.png"]!());
    await chmod(path, 0);
    expect((await failure(path)).code).toBe("RSAD_PERMISSION_DENIED");
  });

  it("too many pixels, before decoding them", async () => {
    const bytes = await sharp({ create: { width: 20_000, height: 5_001, channels: 3, background: "grey" } })
      .png({ compressionLevel: 1 })
      .toBuffer();
    const error = await failure(await store("huge.png", bytes));
    expect([error.code, error.received]).toEqual(["RSAD_IMAGE_INVALID", "20000 x 5001 pixels"]);
    expect(20_000 * 5_001).toBeGreaterThan(MAX_PIXELS);
  });

  it("a stripe, whose shorter side could not be fitted without the longer one filling the memory", async () => {
    const stripe = (width: number) => ({ width, height: 2, channels: 3 as const, background: "grey" });
    const png = (width: number) =>
      sharp({ create: stripe(width) })
        .png()
        .toBuffer();
    const error = await failure(await store("stripe.png", await png(2 * MAX_SIDE_RATIO + 1)));
    expect([error.code, error.received]).toEqual(["RSAD_IMAGE_INVALID", "1001 x 2 pixels"]);
    expect((await decodeImage(await store("long.png", await png(2 * MAX_SIDE_RATIO)))).width).toBe(1000);
    const height = MAX_SIDE_RATIO + 1;
    const grey = { width: 1, height, channels: 3, components: 3, bitsPerPixel: 24 };
    const bmp = encodeBmp({ ...grey, data: new Uint8Array(3 * height) });
    expect((await failure(await store("stripe.bmp", bmp))).message).toContain("too long and thin");
  });

  it("floating-point samples", async () => {
    const bytes = await encodeTiff({ width: 2, height: 1, data: Float32Array.of(0.5, 3) });
    const error = await failure(await store("float.tif", bytes));
    expect([error.code, error.received]).toEqual(["RSAD_IMAGE_INVALID", "samples of type float"]);
  });
});

it("gives an image or an RsadError for damaged files, nothing else", async () => {
  const originals = new Map<string, Uint8Array>();
  for (const name of NAMES) originals.set(name, await ENCODERS[name]!());
  const damage = fc.record({
    name: fc.constantFrom(...NAMES),
    keep: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
    edits: fc.array(fc.tuple(fc.double({ min: 0, max: 0.9999, noNaN: true }), fc.nat(255)), { maxLength: 8 }),
    // Half of the edits hit the header, where they do most.
    inHeader: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ name, keep, edits, inHeader }) => {
      const original = originals.get(name)!;
      const bytes = original.slice(0, Math.floor(keep * original.length));
      const reach = inHeader ? Math.min(80, bytes.length) : bytes.length;
      for (const [place, value] of edits) if (reach > 0) bytes[Math.floor(place * reach)] = value;
      const path = await store(`damaged-${name}`, bytes);
      for (const decode of [decodeImage, decodeMask]) {
        try {
          const { width, height, data } = await decode(path);
          expect(data.length).toBe(width * height * (decode === decodeImage ? 3 : 1));
        } catch (error) {
          expect(error).toBeInstanceOf(RsadError);
        }
      }
    }),
    { numRuns: 400 },
  );
});
