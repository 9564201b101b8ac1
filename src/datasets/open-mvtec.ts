import { join } from "node:path";
import { type Dataset, GOOD, type Sample } from "./dataset.ts";
import { emptyDataset, invalidDataset } from "./dataset-error.ts";
import { type FoundFile, listImages } from "./list-images.ts";
import { type MaskIndex, maskIndex } from "./mask-index.ts";

/**
 * The layout of MVTec AD (Bergmann et al., 2019): `train/good`, `test/good`, `test/<defect type>` and
 * `ground_truth/<defect type>/<stem>_mask.<ext>` or `<stem>.<ext>`; any of them may be absent, but not both `train` and
 * `test`.
 */
export async function openMvtec(root: string, folders: readonly string[]): Promise<Dataset> {
  if (!folders.includes("train") && !folders.includes("test")) {
    throw invalidDataset(
      root,
      "a folder train/good with good images",
      `no folder train (found ${folders.join(", ")})`,
      `Put photos of good parts into ${join(root, "train", GOOD)}.`,
    );
  }
  const train = folders.includes("train") ? await openTrain(root) : [];
  const masks = folders.includes("ground_truth")
    ? maskIndex(await listImages(join(root, "ground_truth")))
    : undefined;
  const test = folders.includes("test") ? await openTest(root, masks) : [];
  return { root, layout: "mvtec", train, test };
}

async function openTrain(root: string): Promise<Sample[]> {
  const images = await listImages(join(root, "train"));
  if (images.length === 0) throw emptyDataset(join(root, "train", GOOD));
  const stranger = images.find(({ name }) => !name.startsWith(`${GOOD}/`));
  if (stranger !== undefined) {
    const hint = stranger.name.includes("/")
      ? "Training uses good images only: move defective ones to test/<defect type>, good ones to train/good."
      : "Move the images of good parts into train/good.";
    throw invalidDataset(root, "training images in train/good alone", `train/${stranger.name}`, hint);
  }
  return images.map((image) => toSample(image, "train", GOOD));
}

async function openTest(root: string, masks: MaskIndex | undefined): Promise<Sample[]> {
  const folder = join(root, "test");
  const images = await listImages(folder);
  const loose = images.find(({ name }) => !name.includes("/"));
  if (loose !== undefined) {
    throw invalidDataset(
      root,
      "test images in folders named by defect type",
      `test/${loose.name}`,
      "Move it into test/good or test/<defect type>.",
    );
  }
  return images.map((image) => {
    const type = image.name.slice(0, image.name.indexOf("/"));
    const mask = type === GOOD ? undefined : masks?.find(image.name);
    return { ...toSample(image, "test", type), ...(mask === undefined ? {} : { mask }) };
  });
}

function toSample({ path, name }: FoundFile, split: string, type: string): Sample {
  return { path, name: `${split}/${name}`, type };
}
