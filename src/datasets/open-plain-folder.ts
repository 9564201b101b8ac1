import { type Dataset, GOOD } from "./dataset.ts";
import { emptyDataset, invalidDataset } from "./dataset-error.ts";
import { listImages } from "./list-images.ts";

const SPLITS = ["train", "test", "ground_truth"];

/**
 * A plain folder of good images, folders below it included. Where one of its folders is called `good`, the others must
 * hold no images: they would be trained on as good.
 */
export async function openPlainFolder(root: string, folders: readonly string[]): Promise<Dataset> {
  const images = await listImages(root);
  if (images.length === 0) throw emptyDataset(root);
  const nested = images.find(({ name }) => name.split("/").some((part) => SPLITS.includes(part)));
  if (nested !== undefined) {
    throw invalidDataset(
      root,
      "one data set",
      `a data set further below (${nested.name})`,
      "Name the folder that itself holds train, test and ground_truth.",
    );
  }
  const stranger = folders.includes(GOOD) && images.find(({ name }) => !name.startsWith(`${GOOD}/`));
  if (stranger) {
    throw invalidDataset(
      root,
      `images in ${GOOD}/ alone`,
      `an image elsewhere (${stranger.name})`,
      `Name the folder ${GOOD} itself, or use the layout train/good, test/<defect type>.`,
    );
  }
  return { root, layout: "folder", train: images.map((image) => ({ ...image, type: GOOD })), test: [] };
}
