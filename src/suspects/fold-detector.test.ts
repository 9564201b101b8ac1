import { expect, test } from "vitest";
import { tinyDefault } from "../../test/tiny.ts";
import { scores, type TinyStore, tinyStore } from "../features/testing/tiny-store.ts";
import { fitFold } from "./fold-detector.ts";

const scored = async (tiny: TinyStore) => {
  const head = await fitFold({ ...tiny, images: [0, 1, 2], seed: 0 });
  return (await scores(tiny, { head }, [3])).flatMap(({ patches }) => patches);
};

test("scores are in the features' own unit, whatever a fold's images make of it", async () => {
  const [tiny, double] = [await tinyStore(tinyDefault(), 4), await tinyStore(tinyDefault(), 4, 2)];
  const [one, two] = [await scored(tiny), await scored(double)];
  await Promise.all([tiny.remove(), double.remove()]);
  expect(Math.max(...one)).toBeGreaterThan(0);
  for (const [i, score] of two.entries()) expect(score).toBeCloseTo(2 * one[i]!, 2);
});

test("features that never vary score 0", async () => {
  const flat = await tinyStore(tinyDefault(), 4, 0);
  const found = await scored(flat);
  await flat.remove();
  expect(found.every((score) => score === 0)).toBe(true);
});
