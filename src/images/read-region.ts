import { readFile } from "node:fs/promises";
import { z } from "zod";
import { RsadError } from "../errors.ts";
import { fileError } from "../files.ts";
import type { Mask } from "../pixels/index.ts";
import { decodeMask } from "./decode-mask.ts";
import type { ImageSize } from "./image-size.ts";
import { fillPolygons } from "./polygons.ts";

/** The longer side of the mask that is kept: far finer than the patches that are scored. */
const MOST = 1024;

/** Which part of every image is inspected: a mask to be stretched over it, 1 = inspected. */
export interface RegionFile {
  readonly mask: Mask;
  /** The size of the images it was drawn for; absent where it is stated in shares of width and height. */
  readonly frame?: ImageSize | undefined;
}

/**
 * Reads a region of interest: a mask image (white is inspected), or a JSON file of polygons. These are lists of corners [x, y],
 * in shares of the image's width and height, or in pixels if `width` and `height` stand beside them:
 *
 *     {"width": 1920, "height": 1080, "polygons": [[[100, 100], [1800, 100], [1800, 900]]]}
 *
 * Masks of more than 1024 pixels a side are sampled down to that. Throws RSAD_MASK_INVALID for a file of another form, a damaged one and a
 * region without a pixel, RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED.
 */
export async function readRegion(path: string): Promise<RegionFile> {
  const region = /\.json$/i.test(path) ? await readPolygons(path) : await readMask(path);
  if (region.mask.data.includes(1)) return region;
  throw new RsadError("RSAD_MASK_INVALID", {
    subject: path,
    expected: "a region to inspect",
    received: "a mask without a white pixel",
    hint: "White (or what lies in a polygon) is inspected, black is not.",
  });
}

async function readMask(path: string): Promise<RegionFile> {
  const mask = await decodeMask(path);
  const { width, height } = keptSize(mask);
  const frame = { width: mask.width, height: mask.height };
  if (width === mask.width && height === mask.height) return { mask, frame };
  const data = Uint8Array.from({ length: width * height }, (_, i) => {
    const x = Math.floor((((i % width) + 0.5) * mask.width) / width);
    const y = Math.floor(((Math.floor(i / width) + 0.5) * mask.height) / height);
    return mask.data[y * mask.width + x]!;
  });
  return { mask: { width, height, data }, frame };
}

const side = z.number().int().positive();
const polygons = z.array(z.array(z.tuple([z.number(), z.number()])).min(3)).min(1);
const schema = z.union([
  polygons.transform((polygons) => ({ polygons, width: undefined, height: undefined })),
  z.strictObject({ polygons, width: z.undefined().optional(), height: z.undefined().optional() }),
  z.strictObject({ polygons, width: side, height: side }),
]);

async function readPolygons(path: string): Promise<RegionFile> {
  const text = await readFile(path, "utf8").catch((cause) => {
    throw fileError(cause, path);
  });
  const { polygons, width, height } = parse(path, text);
  if (width !== undefined && height !== undefined) {
    const frame = { width, height };
    const kept = keptSize(frame);
    return { mask: fillPolygons(polygons, frame, kept.width, kept.height), frame };
  }
  const outside = polygons.flat(2).find((share) => share < 0 || share > 1);
  if (outside !== undefined) {
    throw invalid(
      path,
      "shares of width and height from 0 to 1",
      outside,
      "For pixels, state width and height.",
    );
  }
  return { mask: fillPolygons(polygons, { width: 1, height: 1 }, MOST, MOST) };
}

function parse(path: string, text: string): z.infer<typeof schema> {
  const form =
    '{"width": w, "height": h, "polygons": [[[x, y], [x, y], [x, y]]]}, or shares without width and height';
  const hint = "A polygon is a list of at least three corners [x, y].";
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw invalid(path, form, "a file that is no JSON", hint);
  }
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  throw invalid(path, form, data, hint);
}

function keptSize({ width, height }: ImageSize): ImageSize {
  const scale = Math.min(1, MOST / Math.max(width, height));
  const kept = (side: number) => Math.max(1, Math.round(side * scale));
  return { width: kept(width), height: kept(height) };
}

function invalid(subject: string, expected: string, received: unknown, hint: string): RsadError {
  return new RsadError("RSAD_MASK_INVALID", { subject, expected, received, hint });
}
