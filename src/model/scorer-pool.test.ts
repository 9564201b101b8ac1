import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { type OpenScorer, ScorerPool } from "./scorer-pool.ts";

const image = { width: 1, height: 1, data: new Uint8Array(3) };

/** Takes some time for each image, and counts what it does. */
class Counting implements OpenScorer {
  readonly device = "cpu";
  scored = 0;
  now = 0;
  most = 0;
  closed = false;

  async score() {
    this.most = Math.max(this.most, ++this.now);
    await setTimeout(2);
    this.now--;
    this.scored++;
    return { score: 1, map: { width: 1, height: 1, data: new Float32Array(1) }, seconds: 0 };
  }

  async close() {
    this.closed = true;
  }
}

test("images go to the least busy session, also after one of them failed", async () => {
  const scorers = [new Counting(), new Counting(), new Counting()];
  let next = 0;
  const pool = await ScorerPool.open(3, async () => scorers[next++]!);
  scorers[1]!.score = () => Promise.reject(new Error("of the second"));
  await Promise.all([pool.score(image), expect(pool.score(image)).rejects.toThrow("of the second")]);
  delete (scorers[1] as Partial<Counting>).score;
  await Promise.all(Array.from({ length: 9 }, () => pool.score(image)));
  expect(scorers.map(({ most }) => most)).toEqual([3, 3, 3]);
  expect(scorers.map(({ scored }) => scored)).toEqual([4, 3, 3]);
  await pool.close();
  expect(scorers.every(({ closed }) => closed)).toBe(true);
});

test("where one does not open, the others are closed", async () => {
  const scorers = [new Counting(), new Counting()];
  let next = 0;
  const open = async () => {
    const at = next++;
    if (at === 1) throw new Error("no memory");
    return scorers[Math.min(at, 1)]!;
  };
  await expect(ScorerPool.open(3, open)).rejects.toThrow("no memory");
  expect(scorers.map(({ closed }) => closed)).toEqual([true, true]);
});
