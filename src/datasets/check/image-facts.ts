import { createHash } from "node:crypto";
import { decodePixels, type Pixels } from "../../images/index.ts";
import type { Sample } from "../dataset.ts";

/** What the checks need to know of one image; small, so that all images' facts fit in memory. */
export interface ImageFacts {
  readonly sample: Sample;
  readonly split: "train" | "test";
  readonly width: number;
  readonly height: number;
  /** Of size and decoded pixels: equal for copies in another format, unlike the file's own hash. */
  readonly pixelHash: string;
  readonly bits: 8 | 16;
  readonly largest: number;
  readonly blank: boolean;
  readonly coloured: boolean;
}

/**
 * A photo counts as grey when its channels differ by no more than rounding does, this share of the largest value. A
 * colour camera's noise and white balance exceed it on the greyest of parts, so that a coloured stain does not matter.
 */
const COLOUR_SPREAD = 0.01;
const COLOUR_SHARE = 0.005;

/** Decodes an image and keeps its facts alone. Throws as `decodeImage`. */
export async function imageFacts(sample: Sample, split: "train" | "test"): Promise<ImageFacts> {
  const pixels = await decodePixels(sample.path);
  const { width, height, data } = pixels;
  let smallest = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const value of data) {
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  return {
    sample,
    split,
    width,
    height,
    pixelHash: hashPixels(pixels),
    bits: data instanceof Uint16Array ? 16 : 8,
    largest,
    blank: smallest === largest,
    coloured: isColoured(pixels, COLOUR_SPREAD * largest),
  };
}

function hashPixels({ width, height, channels, data }: Pixels): string {
  return createHash("sha256").update(`${width} ${height} ${channels}\n`).update(data).digest("base64");
}

function isColoured({ channels, data }: Pixels, spread: number): boolean {
  if (channels === 1) return false;
  let coloured = 0;
  for (let i = 0; i < data.length; i += 3) {
    const [red, green, blue] = [data[i]!, data[i + 1]!, data[i + 2]!];
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > spread) coloured++;
  }
  return coloured > COLOUR_SHARE * (data.length / 3);
}
