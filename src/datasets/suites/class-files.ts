import { isImageFile } from "../../images/index.ts";
import { type FoundFile, listFiles } from "../list-images.ts";

const IMAGES = "data/images/";
const MASKS = "data/masks/";

/** The files of a class in VisA's layout: Data/Images/<label> and Data/Masks/<label>. */
export interface ClassFiles {
  readonly images: readonly FoundFile[];
  readonly masks: readonly FoundFile[];
  /** By a path below the class's folder, without regard to case: JPG and jpg are mixed in copies of these data sets. */
  find(name: string): FoundFile | undefined;
  /** Whether an image lies in the mask's place under Data/Images. */
  hasImageOf(mask: FoundFile): boolean;
}

/** Throws RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED. */
export async function listClassFiles(folder: string): Promise<ClassFiles> {
  const files = await listFiles(folder);
  const byName = new Map(files.map((file) => [keyOf(file.name), file]));
  const below = (place: string) =>
    files.filter(({ name }) => keyOf(name).startsWith(place) && isImageFile(name));
  const images = below(IMAGES);
  const imageStems = new Set(images.map(({ name }) => stemOf(name, IMAGES)));
  return {
    images,
    masks: below(MASKS),
    find: (name) => byName.get(keyOf(name)),
    hasImageOf: ({ name }) => imageStems.has(stemOf(name, MASKS)),
  };
}

function keyOf(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

function stemOf(name: string, place: string): string {
  const key = keyOf(name).slice(place.length);
  return key.slice(0, key.lastIndexOf("."));
}
