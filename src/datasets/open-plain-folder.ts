import { basename, join, resolve } from "node:path";
import { type Dataset, GOOD } from "./dataset.ts";
import { emptyDataset, invalidDataset } from "./dataset-error.ts";
import { type FoundFile, listImages } from "./list-images.ts";

const SPLITS = ["train", "test", "ground_truth"];

/**
 * A plain folder of good images, folders below it included. Where one of its folders is called `good`, the others must
 * hold no images: they would be trained on as good.
 */
export async function openPlainFolder(root: string, folders: readonly string[]): Promise<Dataset> {
  const images = await listImages(root);
  if (images.length === 0) throw emptyDataset(root);
  refuseNestedSet(root, images);
  const stranger = folders.includes(GOOD) && images.find(({ name }) => !name.startsWith(`${GOOD}/`));
  if (stranger) {
    throw invalidDataset(
      root,
      `images in ${GOOD}/ alone`,
      `an image elsewhere (${stranger.name})`,
      SPLITS.includes(basename(resolve(root)))
        ? `Name the data set's folder, ${join(root, "..")}, or for good images alone ${join(root, GOOD)}.`
        : `Name the folder ${GOOD} itself, or use the layout train/good, test/<defect type>.`,
    );
  }
  return { root, layout: "folder", train: images.map((image) => ({ ...image, type: GOOD })), test: [] };
}

/** Refuses a folder of data sets in the MVTec layout: their defective test images would be trained on as good. */
function refuseNestedSet(root: string, images: readonly FoundFile[]): void {
  for (const { name } of images) {
    const parts = name.split("/");
    const split = parts.findIndex((part) => SPLITS.includes(part));
    if (split < 0) continue;
    const inner = join(root, ...parts.slice(0, split));
    throw invalidDataset(
      root,
      "one data set",
      `a folder of data sets, such as ${inner}`,
      `Name one of them, for example ${inner}.`,
    );
  }
}
