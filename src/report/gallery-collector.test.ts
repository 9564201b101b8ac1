import { expect, test } from "vitest";
import type { InspectedSample } from "../assessment/index.ts";
import { GalleryCollector } from "./gallery-collector.ts";

const plane = { width: 8, height: 8 };
const sample = (type: string, index: number, score: number): InspectedSample => ({
  sample: { path: "", name: `${type}/${index}`, type },
  image: { ...plane, data: new Uint8Array(192) },
  mask: type === "good" ? undefined : { ...plane, data: new Uint8Array(64).fill(1) },
  map: { ...plane, data: new Float32Array(64) },
  score,
  seconds: 0,
});

test("keeps the worst twenty mistakes and the first few right verdicts of each type", async () => {
  const collector = new GalleryCollector(2, { image: 0, pixel: 0 });
  for (let i = 0; i < 30; i++) {
    await collector.add(sample("good", i, i % 2 ? -1 : i));
    await collector.add(sample("dent", i, i % 2 ? 1 : -i - 0.5));
  }
  const samples = collector.samples();
  const mistakes = samples.filter(({ type, verdict }) => (type === "good") !== (verdict === "good"));
  expect(mistakes).toHaveLength(20);
  expect(mistakes.slice(0, 3).map(({ name }) => name)).toEqual(["dent/28", "good/28", "dent/26"]);
  const right = samples.filter((one) => !mistakes.includes(one));
  expect(right.filter(({ type }) => type === "good").map(({ name }) => name)).toEqual(
    Array.from({ length: 10 }, (_, i) => `good/${2 * i + 1}`),
  );
  expect(right).toHaveLength(20);
  expect(samples.every(({ type, truth }) => (truth === undefined) === (type === "good"))).toBe(true);
});

test("what is for review is no mistake, whatever it is", async () => {
  const collector = new GalleryCollector(2, { image: 2, review: 1 });
  for (const [type, score] of [
    ["good", 1.5],
    ["dent", 1],
    ["dent", 0.5],
  ] as const)
    await collector.add(sample(type, 0, score));
  expect(collector.samples().map(({ type, verdict }) => [type, verdict])).toEqual([
    ["dent", "good"],
    ["good", "review"],
    ["dent", "review"],
  ]);
});

test("without a threshold there are samples but no verdicts", async () => {
  const collector = new GalleryCollector(2, {});
  await collector.add(sample("dent", 0, 1));
  expect(collector.samples()).toMatchObject([{ name: "dent/0", verdict: undefined }]);
});
