import { createHash } from "node:crypto";
import { basename } from "node:path";
import type { Sample } from "../datasets/index.ts";
import { RsadError } from "../errors.ts";
import type { TrainingRegion } from "../features/index.ts";
import { type ImageSize, type Mask, readImageSize, readRegion } from "../images/index.ts";
import type { ModelMetadata } from "../model/index.ts";

/** Pixels by which the side of a mask may differ from that of an image brought to its size, */
const ROUNDING = 1;
/** and shares of that side. */
const TOLERANCE = 0.01;

export interface KnownRegion {
  readonly region: TrainingRegion;
  readonly metadata: NonNullable<ModelMetadata["region"]>;
}

/**
 * Reads what part of the images to learn from and to inspect; undefined where that is all of them. All images must have the
 * mask's aspect, or that of each other if the mask has none. Throws RSAD_MASK_INVALID for a mask of another shape and for one without a
 * white pixel, and what reading an image's header throws.
 */
export async function openRegion(path: string, samples: readonly Sample[]): Promise<KnownRegion | undefined> {
  const { mask, frame } = await readRegion(path);
  let shape = frame;
  let first: ImageSize | undefined;
  for (const sample of samples) {
    const size = await readImageSize(sample.path);
    first ??= size;
    shape ??= size;
    if (!sameShape(shape, size)) throw otherShape(path, shape, sample.name, size);
  }
  if (!mask.data.includes(0)) return undefined;
  return {
    region: { mask, image: first! },
    metadata: { name: basename(path), sha256: hash(mask), share: shareOf(mask) },
  };
}

function sameShape(mask: ImageSize, image: ImageSize): boolean {
  const width = (mask.height * image.width) / image.height;
  const height = (mask.width * image.height) / image.width;
  const near = (is: number, wanted: number) =>
    Math.abs(is - wanted) <= Math.max(ROUNDING, TOLERANCE * wanted);
  return near(mask.width, width) || near(mask.height, height);
}

function hash({ width, height, data }: Mask): string {
  return createHash("sha256").update(`${width} ${height}\n`).update(data).digest("hex");
}

function shareOf({ data }: Mask): number {
  return data.reduce((sum, value) => sum + value, 0) / data.length;
}

function otherShape(path: string, mask: ImageSize, name: string, image: ImageSize): RsadError {
  return new RsadError("RSAD_MASK_INVALID", {
    subject: path,
    expected: `images of the aspect ${mask.width} x ${mask.height}`,
    received: `${name} of ${image.width} x ${image.height} pixels`,
    hint: "One mask is for images of one shape: draw it on one of them, or train on those it fits.",
  });
}
