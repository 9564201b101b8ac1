import type { Sample } from "../datasets/index.ts";

/**
 * Places of samples in the order given, but with the tiles of an image together where its first one is, so that reading them in turn
 * decodes each image once. Whole images keep their order.
 */
export function tilesTogether(places: readonly number[], samples: readonly Sample[]): number[] {
  const ofImage = new Map<string, number[]>();
  for (const place of places) {
    const { path } = samples[place]!;
    const tiles = ofImage.get(path);
    if (tiles === undefined) ofImage.set(path, [place]);
    else tiles.push(place);
  }
  return [...ofImage.values()].flat();
}
