import { expect, test } from "vitest";
import { type Inspection, inspect, type Judge } from "../evaluation/index.ts";
import { describeInspection } from "./describe-inspection.ts";

const map = { width: 4, height: 2, data: Float32Array.of(0, 1, 8, 6, 0, 1, 4, 1) };
const image = { width: 4, height: 2, data: new Uint8Array(24) };

function inspected(score: number, options = {}, review: number | undefined = 2): Promise<Inspection> {
  const judge: Judge = {
    metadata: { threshold: { image: 8.07, pixel: 4, review, scores: [1, 2, 3] } },
    score: async () => ({ score, map, seconds: 0 }),
  };
  return inspect(judge, image, options);
}

test("a defect's region is told with the place of its peak and its core, on the part, too", async () => {
  expect(describeInspection("a.png", await inspected(9, { mmPerPixel: 0.5 })).split("\n")).toEqual([
    "defect          9  (review from 2, threshold 8.07, p 0.25)  a.png",
    "        2 x 2 pixels at (2, 0), area 3, peak 8 at (2, 0), core 1 x 1 pixels at (2, 0): 1 x 1 mm, 0.75 mm², core 0.5 x 0.5 mm, 0.25 mm²",
  ]);
});

test("one for review has the threshold that it reached, and where no region is, the place where the map is highest", async () => {
  expect(describeInspection("b.png", await inspected(3.94, { pixelThreshold: 9 }))).toBe(
    "review       3.94  (review from 2, threshold 8.07, p 0.25)  b.png\n        no region; the map is highest at (2, 0): 8",
  );
});

test("a good one is a line, without a review threshold that nothing could reach", async () => {
  const line = "good            1  (threshold 1.5, p 1.0)  c.png";
  expect(describeInspection("c.png", await inspected(1, { threshold: 1.5 }))).toBe(line);
});
