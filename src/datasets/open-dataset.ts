import { stat } from "node:fs/promises";
import { checkFields } from "../fields.ts";
import { fileError } from "../files.ts";
import type { Dataset } from "./dataset.ts";
import { invalidDataset } from "./dataset-error.ts";
import { listFolders } from "./list-images.ts";
import { openMvtec } from "./open-mvtec.ts";
import { openPlainFolder } from "./open-plain-folder.ts";

/**
 * Lists a data set's images and pairs them with their masks; opens no image. A folder that holds `train`, `test` or
 * `ground_truth` is read as the MVTec layout, any other as a plain folder of good images.
 *
 * Throws RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED; RSAD_DATASET_EMPTY where a folder `train`, or a plain folder, holds no image;
 * RSAD_DATASET_INVALID where folders do not fit together.
 *
 * @example
 * const { train, test } = await openDataset("bottle");
 */
export async function openDataset(folder: string): Promise<Dataset> {
  checkFields("openDataset", { folder }, { folder: "path" });
  const entry = await stat(folder).catch((cause) => Promise.reject(fileError(cause, folder)));
  if (!entry.isDirectory()) {
    throw invalidDataset(folder, "a folder of images", "a file", "Name the folder that holds the images.");
  }
  const folders = await listFolders(folder);
  const mvtec = ["train", "test", "ground_truth"].some((name) => folders.includes(name));
  return mvtec ? openMvtec(folder, folders) : openPlainFolder(folder, folders);
}
