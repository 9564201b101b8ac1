import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode as encodeBmp } from "fast-bmp";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { decodeImage } from "./decode-image.ts";
import { readImageSize } from "./image-size.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-size-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const [width, height] = [9, 5];
const data = new Uint8Array(width * height * 3);
const photo = () => sharp(data, { raw: { width, height, channels: 3 } });
const bmp = { width, height, channels: 3, components: 3, bitsPerPixel: 24, data } as const;

test.each<[string, () => Promise<Uint8Array>]>([
  ["a.png", () => photo().png().toBuffer()],
  ["turned.jpg", () => photo().jpeg().withMetadata({ orientation: 6 }).toBuffer()],
  ["mirrored.jpg", () => photo().jpeg().withMetadata({ orientation: 4 }).toBuffer()],
  ["a.tif", () => photo().tiff().toBuffer()],
  ["a.bmp", async () => encodeBmp(bmp)],
])("of %s is that of the decoded image", async (name, encode) => {
  const path = join(folder, name);
  await writeFile(path, await encode());
  const image = await decodeImage(path);
  expect(await readImageSize(path)).toEqual({ width: image.width, height: image.height });
});

test("a file that is no image, or not there, is told as such", async () => {
  const path = join(folder, "text.png");
  await writeFile(path, "no image");
  await expect(readImageSize(path)).rejects.toMatchObject({ code: "RSAD_IMAGE_INVALID" });
  await expect(readImageSize(join(folder, "none.png"))).rejects.toMatchObject({ code: "RSAD_FILE_MISSING" });
});
