import { extname, join } from "node:path";
import { isHeatmap, isImageFile } from "../../images/index.ts";
import type { Dataset } from "../dataset.ts";
import { type FoundFile, listEntries, listFiles } from "../list-images.ts";
import type { Finding } from "./finding.ts";
import { groupBy } from "./group-by.ts";

const SPLITS = ["train", "test", "ground_truth"];

/** Finds files that are passed over: of other formats, such as phone photos in .heic, and what an inspection wrote. */
export async function checkFiles({ root, layout }: Dataset): Promise<Finding[]> {
  const files: FoundFile[] = [];
  if (layout === "folder") files.push(...(await listFiles(root)));
  else {
    for (const { name, kind } of await listEntries(root)) {
      if (kind === "folder" && SPLITS.includes(name)) {
        const found = await listFiles(join(root, name));
        files.push(...found.map((file) => ({ ...file, name: `${name}/${file.name}` })));
      }
    }
  }
  const ignored = files.filter(({ name }) => !isImageFile(name));
  const kinds = groupBy(ignored, ({ name }) => extname(name).toLowerCase());
  const hint = "If they are images, save them as PNG, JPEG, BMP, TIFF or WebP.";
  const heatmaps = files.filter(({ name }) => isHeatmap(name));
  return [
    ...[...kinds].map(([extension, found]) =>
      passedOver(found, extension === "" ? "without extension" : `of kind ${extension}`, hint),
    ),
    ...(heatmaps.length > 0
      ? [passedOver(heatmaps, "with names of heatmaps", "If they are photos, rename them.")]
      : []),
  ];
}

function passedOver(found: readonly FoundFile[], kind: string, hint: string): Finding {
  const message =
    found.length === 1 ? `1 file ${kind} is passed over.` : `${found.length} files ${kind} are passed over.`;
  return { severity: "info", code: "FILES_IGNORED", subject: found[0]!.name, message, hint };
}
