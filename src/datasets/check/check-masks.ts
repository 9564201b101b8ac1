import { join } from "node:path";
import { RsadError } from "../../errors.ts";
import { decodeMask } from "../../images/index.ts";
import { type Dataset, GOOD, type Sample } from "../dataset.ts";
import { listEntries, listImages } from "../list-images.ts";
import type { Finding } from "./finding.ts";
import { groupBy } from "./group-by.ts";
import type { ImageFacts } from "./image-facts.ts";

/** Decodes one mask and compares it with its image, where that could be decoded. */
export async function checkMask(
  path: string,
  { name, maskRule }: Sample,
  image: ImageFacts | undefined,
): Promise<Finding[]> {
  try {
    const { width, height, data } = await decodeMask(path, maskRule);
    const found = (severity: Finding["severity"], code: Finding["code"], message: string, hint: string) => [
      { severity, code, subject: name, message, hint },
    ];
    if (image !== undefined && (image.width !== width || image.height !== height)) {
      return found(
        "error",
        "MASK_SIZE",
        `The mask ${path} has ${width} x ${height} pixels, its image ${image.width} x ${image.height}.`,
        "Make the mask anew at the image's size; a photo that its EXIF data turns needs a mask that is turned too.",
      );
    }
    const marked = data.reduce((sum, value) => sum + value, 0);
    if (marked === 0) {
      return found(
        "warning",
        "MASK_EMPTY",
        `The mask ${path} marks no defect.`,
        maskRule === "nonzero"
          ? "Defects are all pixels but those of 0."
          : "Defects are pixels of 128 or more out of 255, or the ones in a mask of zeros and ones.",
      );
    }
    if (marked === data.length) {
      return found(
        "warning",
        "MASK_FULL",
        `The mask ${path} marks every pixel.`,
        "Make sure that defects are white and the rest is black.",
      );
    }
    return [];
  } catch (error) {
    if (!(error instanceof RsadError)) throw error;
    const { message, hint } = error;
    return [{ severity: "error", code: "MASK_INVALID", subject: name, message, hint }];
  }
}

/** Finds defective images without masks, by type, and masks without images. */
export async function checkMaskPresence({ root, layout, test }: Dataset): Promise<Finding[]> {
  if (layout === "folder") return [];
  const findings: Finding[] = [];
  const types = groupBy(
    test.filter(({ type }) => type !== GOOD),
    ({ type }) => type,
  );
  for (const [type, samples] of types) {
    const missing = samples.filter(({ mask }) => mask === undefined);
    if (missing.length === 0) continue;
    findings.push({
      severity: "warning",
      code: "MASK_MISSING",
      subject: `test/${type}`,
      message: `${missing.length} of ${samples.length} images have no mask, the first is ${missing[0]!.name}.`,
      hint: `Pixel measures leave them out; masks belong to ground_truth/${type}/<image name>_mask.png.`,
    });
  }
  return [...findings, ...(await masksWithoutImage(root, test))];
}

async function masksWithoutImage(root: string, test: readonly Sample[]): Promise<Finding[]> {
  const folder = "ground_truth";
  if (!(await listEntries(root)).some(({ name, kind }) => name === folder && kind === "folder")) return [];
  const used = new Set(test.map(({ mask }) => mask));
  const masks = await listImages(join(root, folder));
  const unused = masks.filter(({ name, path }) => !used.has(path) && !name.startsWith(`${GOOD}/`));
  return unused.map(({ name }) => ({
    severity: "warning",
    code: "MASK_WITHOUT_IMAGE",
    subject: `${folder}/${name}`,
    message: "No test image uses this mask.",
    hint: "Its image belongs to test/<the mask's folder>, with the mask's name less _mask; one image has one mask.",
  }));
}
