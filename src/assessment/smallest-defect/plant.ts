import type { Image } from "../../images/index.ts";
import type { Mask } from "../../synthesis/index.ts";

export interface PlantedImage {
  readonly image: Image;
  /** Indices of the pixels of which at least half is covered; if there is none, of the one that is covered most. */
  readonly pixels: readonly number[];
}

/**
 * A copy of an image that is darker or lighter by `change` grey levels where a mask lies whose origin is the pixel corner (x, y):
 * whichever there is more room for, so that what is changed can be seen in full.
 */
export function plant(image: Image, mask: Mask, x: number, y: number, change: number): PlantedImage {
  const { width, height } = image;
  const data = new Uint8Array(image.data);
  const covered = coveredPixels(mask, x, y, width, height);
  const signed = mean(image, covered) < 128 ? change : -change;
  for (const { at, share } of covered) {
    for (let c = 3 * at; c < 3 * at + 3; c++) {
      data[c] = Math.min(255, Math.max(0, Math.round(data[c]! + share * signed)));
    }
  }
  const most = covered.reduce((a, b) => (b.share > a.share ? b : a), { at: 0, share: 0 });
  const half = covered.filter(({ share }) => share >= 0.5);
  return { image: { width, height, data }, pixels: (half.length > 0 ? half : [most]).map(({ at }) => at) };
}

interface Covered {
  readonly at: number;
  readonly share: number;
}

function coveredPixels(mask: Mask, x: number, y: number, width: number, height: number): Covered[] {
  const covered: Covered[] = [];
  for (let row = 0; row < mask.height; row++) {
    for (let column = 0; column < mask.width; column++) {
      const share = mask.data[row * mask.width + column]!;
      const [px, py] = [x + mask.left + column, y + mask.top + row];
      if (share > 0 && px >= 0 && py >= 0 && px < width && py < height)
        covered.push({ at: py * width + px, share });
    }
  }
  return covered;
}

/** Of the three channels, weighted by what is covered. */
function mean({ data }: Image, covered: readonly Covered[]): number {
  let [sum, weight] = [0, 0];
  for (const { at, share } of covered) {
    sum += (share * (data[3 * at]! + data[3 * at + 1]! + data[3 * at + 2]!)) / 3;
    weight += share;
  }
  return sum / weight;
}
