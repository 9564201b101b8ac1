/** Items under way at once, unless told otherwise: enough for one to be decoded, one scored, one drawn and one written. */
const AT_ONCE = 4;
/** The most pixels under way together, but for a single image that is larger. */
const MOST_PIXELS = 2 ** 24;

/** How many images of so many pixels are under way together at most. */
export function imagesAtOnce(pixels: number): number {
  return Math.max(1, Math.floor(MOST_PIXELS / pixels));
}

/** Says how many pixels the item turned out to have. */
export type TellSize = (pixels: number) => void;

/**
 * Works on items several at a time, so that the stages of one overlap with other stages of the next, and gives the results
 * in the items' order. How many are under way follows from the size of the last image that was told: one until then,
 * and one where images are large, so that memory is bounded for any number of them; `most` at any size.
 *
 * Throws what `work` throws when that item's turn comes. However it ends, what was begun is finished first, and nothing new
 * is begun.
 */
export async function* overlap<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number, tellSize: TellSize) => Promise<Result>,
  most = AT_ONCE,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  let next = 0;
  let atOnce = 1;
  let beginning = false;
  const begin = () => {
    // Work may tell its size before it waits for anything, and so come here again.
    if (beginning) return;
    beginning = true;
    while (next < items.length && underWay.length < atOnce) {
      const result = work(items[next]!, next++, tellSize);
      // It is looked at when its turn comes.
      result.catch(() => {});
      underWay.push(result);
    }
    beginning = false;
  };
  const tellSize = (pixels: number) => {
    atOnce = Math.min(most, imagesAtOnce(pixels));
    begin();
  };
  try {
    for (begin(); underWay.length > 0; begin()) {
      const result = await underWay[0]!;
      underWay.shift();
      begin();
      yield result;
    }
  } finally {
    next = items.length;
    await Promise.allSettled(underWay);
  }
}
