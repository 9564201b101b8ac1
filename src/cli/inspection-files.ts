import { join, resolve } from "node:path";
import { RsadError } from "../errors.ts";
import type { Inspection } from "../evaluation/index.ts";
import { writeFileAtomic } from "../files.ts";
import { drawHeatmap, encodeNpy, encodePng, encodeTiff, HEATMAP, type Image } from "../images/index.ts";
import { invalidOption } from "./options.ts";
import { refuseToReplaceFile } from "./output-file.ts";

/** What an inspection is asked to write. */
export interface InspectionFiles {
  /** The folder for pictures and maps. */
  readonly out: string;
  readonly heatmaps: boolean;
  readonly maps?: "npy" | "tiff";
  readonly coco?: string;
  readonly force?: true;
}

export function writesPictures({ heatmaps, maps }: InspectionFiles): boolean {
  return heatmaps || maps !== undefined;
}

function pictureFiles(stem: string, { heatmaps, maps }: InspectionFiles): { heatmap?: string; map?: string } {
  return {
    ...(heatmaps && { heatmap: `${stem}${HEATMAP}` }),
    ...(maps !== undefined && { map: `${stem}.${maps}` }),
  };
}

/** Throws where a result would take the place of a file that is read, or unasked of a COCO file. */
export async function refuseToReplace(
  read: readonly string[],
  names: readonly string[],
  options: InspectionFiles,
): Promise<void> {
  const taken = new Set(read.map((path) => resolve(path)));
  const pictures = names.flatMap((name) => Object.values(pictureFiles(join(options.out, name), options)));
  const picture = pictures.find((path) => taken.has(resolve(path)));
  if (picture !== undefined) throw replaces("--out", "a folder where results replace", picture);
  const { coco } = options;
  if (coco !== undefined && [...taken, ...pictures].some((path) => resolve(path) === resolve(coco)))
    throw replaces("--coco", "a file that replaces", coco);
  await checkCoco(options);
}

/** A COCO file may have been corrected by hand since. */
async function checkCoco({ coco, force }: InspectionFiles): Promise<void> {
  if (coco !== undefined) await refuseToReplaceFile("--coco", coco, force);
  else if (force) {
    const hint = "Leave it out: pictures and maps are replaced as they are.";
    throw invalidOption("--force", "--coco beside it", "none", hint);
  }
}

function replaces(subject: string, what: string, received: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject,
    expected: `${what} no image that is to be inspected, nor the model`,
    received,
    hint: `Choose another ${subject}.`,
  });
}

/** Writes the pictures and maps that are wanted of an image, and tells their names. */
export async function writePictures(
  stem: string,
  image: Image,
  { map, pixelThreshold }: Inspection,
  options: InspectionFiles,
): Promise<{ heatmap?: string; map?: string }> {
  const written = pictureFiles(stem, options);
  if (written.heatmap !== undefined) {
    const heatmap = drawHeatmap(image, map, pixelThreshold);
    await writeFileAtomic(written.heatmap, await encodePng(heatmap, { compressionLevel: 1 }));
  }
  if (written.map !== undefined) {
    await writeFileAtomic(written.map, options.maps === "npy" ? encodeNpy(map) : await encodeTiff(map));
  }
  return written;
}
