import { extname } from "node:path";

/** Extensions of the formats that can be decoded, lower case with the dot. */
export const IMAGE_EXTENSIONS = [".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp"] as const;

/** Whether a file's name promises an image: a known extension in any case, and not a hidden file. */
export function isImageFile(path: string): boolean {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return (
    !name.startsWith(".") && (IMAGE_EXTENSIONS as readonly string[]).includes(extname(name).toLowerCase())
  );
}

/** The ending of the pictures that an inspection writes. */
export const HEATMAP = ".heatmap.png";

/** Whether a file's name is that of a picture that an inspection wrote: no photo, wherever it lies. */
export function isHeatmap(path: string): boolean {
  return path.endsWith(HEATMAP);
}
