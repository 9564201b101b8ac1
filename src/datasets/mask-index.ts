import type { FoundFile } from "./list-images.ts";

export interface MaskIndex {
  /** Path of the mask of a test image, both names below their split's folder. */
  find(imageName: string): string | undefined;
}

/**
 * Finds masks by their image's name: `<type>/<stem>_mask`, else `<type>/<stem>`, in any image format and without regard
 * to case, since data sets mix `.PNG` and `.png`. Of several that fit, the first in name order counts.
 */
export function maskIndex(masks: readonly FoundFile[]): MaskIndex {
  const byStem = new Map<string, string>();
  for (const { name, path } of masks) {
    const stem = stemOf(name);
    if (!byStem.has(stem)) byStem.set(stem, path);
  }
  return {
    find(imageName) {
      const stem = stemOf(imageName);
      return byStem.get(`${stem}_mask`) ?? byStem.get(stem);
    },
  };
}

/** A name without its extension, in lower case. */
function stemOf(name: string): string {
  return name.slice(0, name.lastIndexOf(".")).toLowerCase();
}
