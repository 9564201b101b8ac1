import { listFolders } from "../list-images.ts";

/** How a class's folder is laid out: train and test folders, or VisA's Data folder; undefined for any other. */
export async function layoutOf(folder: string): Promise<"mvtec" | "visa" | undefined> {
  const folders = await listFolders(folder);
  if (folders.includes("train") || folders.includes("test")) return "mvtec";
  return folders.includes("Data") ? "visa" : undefined;
}
