import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { overlap } from "./index.ts";

const SMALL = 1000;
const items = Array.from({ length: 20 }, (_, i) => i);

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const result of results) all.push(result);
  return all;
}

/** Work that takes longer for some items than for later ones, and counts how much of it is under way. */
function counted(pixels: (item: number) => number) {
  const seen = { now: 0, most: 0, begun: 0 };
  const work = async (item: number, index: number, tellSize: (pixels: number) => void) => {
    expect(index).toBe(item);
    seen.begun++;
    seen.most = Math.max(seen.most, ++seen.now);
    await setTimeout(1);
    tellSize(pixels(item));
    await setTimeout(item % 3 === 0 ? 8 : 1);
    seen.now--;
    return 10 * item;
  };
  return { seen, work };
}

test("results come in order, with four items under way, or as many as wanted", async () => {
  const { seen, work } = counted(() => SMALL);
  expect(await collect(overlap(items, work))).toEqual(items.map((item) => 10 * item));
  expect(seen.most).toBe(4);
  expect(await collect(overlap([], work))).toEqual([]);
  const more = counted(() => SMALL);
  await collect(overlap(items, more.work, 7));
  expect(more.seen.most).toBe(7);
});

test("sizes may be told before anything is waited for", async () => {
  const { seen, work } = counted(() => SMALL);
  const telling: typeof work = (item, index, tellSize) => {
    tellSize(SMALL);
    return work(item, index, tellSize);
  };
  expect(await collect(overlap(items, telling))).toEqual(items.map((item) => 10 * item));
  expect(seen.most).toBe(4);
});

test("large images are worked on one at a time, and fewer at once the larger they are", async () => {
  for (const [pixels, most] of [
    [20e6, 1],
    [6e6, 2],
  ]) {
    const { seen, work } = counted(() => pixels!);
    await collect(overlap(items, work));
    expect(seen.most).toBe(most);
  }
});

test("the first error in order ends it, after what was begun, and nothing more begins", async () => {
  const { seen, work } = counted(() => SMALL);
  const failing: typeof work = async (item, ...rest) => {
    const result = await work(item, ...rest);
    if (item >= 5) throw new Error(`item ${item}`);
    return result;
  };
  const results: number[] = [];
  const run = async () => {
    for await (const result of overlap(items, failing)) results.push(result);
  };
  await expect(run()).rejects.toThrow("item 5");
  expect(results).toEqual([0, 10, 20, 30, 40]);
  expect(seen).toMatchObject({ now: 0 });
  expect(seen.begun).toBeLessThan(12);
});

test("whoever stops listening waits for what was begun", async () => {
  const { seen, work } = counted(() => SMALL);
  for await (const result of overlap(items, work)) {
    if (result === 20) break;
  }
  expect(seen).toMatchObject({ now: 0 });
  expect(seen.begun).toBeLessThan(10);
});
