import { cocoDocument, type DefectRegion, type Verdict } from "../evaluation/index.ts";
import { writeFileAtomic } from "../files.ts";
import { VERSION } from "../version.ts";
import { namesBelowCommonFolder } from "./find-images.ts";

/** What inspection found in an image. */
export interface FoundRegions {
  readonly path: string;
  readonly verdict: Verdict;
  readonly width: number;
  readonly height: number;
  readonly regions: readonly DefectRegion[];
}

/** Writes a COCO file of images that were inspected, with the regions of those that are not good. */
export async function writeCoco(file: string, found: readonly FoundRegions[]): Promise<void> {
  const names = namesBelowCommonFolder(found.map(({ path }) => path));
  const images = found.map(({ verdict, width, height, regions }, i) => ({
    name: names[i]!.replaceAll("\\", "/"),
    width,
    height,
    regions: verdict === "good" ? [] : regions,
  }));
  await writeFileAtomic(file, `${JSON.stringify(cocoDocument(images, `rsad ${VERSION}`))}\n`);
}
