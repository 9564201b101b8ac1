import { extname, join } from "node:path";
import { isImageFile } from "../../images/index.ts";
import type { Dataset } from "../dataset.ts";
import { type FoundFile, listEntries, listFiles } from "../list-images.ts";
import type { Finding } from "./finding.ts";
import { groupBy } from "./group-by.ts";

const SPLITS = ["train", "test", "ground_truth"];

/** Finds files that are passed over because of their format, such as phone photos in .heic. */
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
  return [...kinds].map(([extension, [first, ...others]]) => ({
    severity: "info",
    code: "FILES_IGNORED",
    subject: first!.name,
    message: `${others.length + 1} files ${extension === "" ? "without extension" : `of kind ${extension}`} are passed over.`,
    hint: "If they are images, save them as PNG, JPEG, BMP, TIFF or WebP.",
  }));
}
