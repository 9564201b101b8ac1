import sharp from "sharp";

const SIDE = 8;

/** A tiny photo, JPEG or PNG by the extension of its name; those of different numbers differ. */
export function tinyPhoto(name: string, number: number): Promise<Uint8Array> {
  const background = { r: (number * 37) % 256, g: (number * 101) % 256, b: 90 };
  const image = sharp({ create: { width: SIDE, height: SIDE, channels: 3, background } });
  return (/\.jpe?g$/i.test(name) ? image.jpeg() : image.png()).toBuffer();
}

/** A mask in which a quarter of the pixels have `value` and the others 0. */
export function tinyMask(value: number): Promise<Uint8Array> {
  const data = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (i < (SIDE * SIDE) / 4 ? value : 0));
  return sharp(data, { raw: { width: SIDE, height: SIDE, channels: 1 } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
}
