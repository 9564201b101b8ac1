import { describe, expect, test } from "vitest";
import { Random } from "../random.ts";
import type { Frame } from "./frame.ts";
import { type PaintedFrame, paintDefects } from "./paint-defects.ts";

type Colour = (y: number, x: number, random: Random) => readonly [number, number, number];

function frameOf(size: number, colour: Colour, seed = 0): Frame {
  const random = new Random(seed, "frame");
  const data = new Uint8Array(size * size * 3);
  for (let at = 0; at < size * size; at++) data.set(colour(Math.floor(at / size), at % size, random), at * 3);
  return { size, data };
}

const grey = (value: number) => [value, value, value] as const;
const textured: Colour = (y, x, random) => {
  const level = 120 + 50 * Math.sin(x / 5) + 20 * Math.cos(y / 9) + random.uniform(-10, 10);
  return [level, level * 0.8, 255 - level];
};
const KINDS: Record<string, Colour> = {
  textured,
  grey: (y, x, random) => grey(Math.round(120 + 60 * Math.sin((x + y) / 7) + random.uniform(-10, 10))),
  black: () => grey(0),
  white: () => grey(255),
  "of one colour": () => [200, 40, 90],
  "half black, half white": (_y, x) => grey(x % 64 < 32 ? 0 : 255),
};

/** Of the pixels that are painted at all, as many as there are grey levels of change in each, weighted by the coverage. */
function meanChange(before: Frame, { frame, coverage }: PaintedFrame): number {
  let [sum, weight] = [0, 0];
  for (const [at, share] of coverage.entries()) {
    for (let c = 0; c < 3; c++) sum += share * Math.abs(frame.data[at * 3 + c]! - before.data[at * 3 + c]!);
    weight += 3 * share;
  }
  return sum / weight;
}

describe.each([64, 256])("pseudo-defects in a frame of %i pixels", (size) => {
  const runs = size === 64 ? 50 : 8;

  test.each(Object.entries(KINDS))("that is %s: seen where they are, nothing elsewhere", (name, colour) => {
    const frame = frameOf(size, colour);
    const before = Uint8Array.from(frame.data);
    const donor = frameOf(size === 64 ? 96 : 200, colour, 1);
    for (let i = 0; i < runs; i++) {
      const painted = paintDefects(new Random(i, "painting", name), frame, donor);
      expect(painted.frame.size).toBe(size);
      expect(painted.frame.data).toHaveLength(size * size * 3);
      expect(painted.coverage).toHaveLength(size * size);
      let [covered, outside, strayed, coloured] = [0, 0, 0, 0];
      for (const [at, share] of painted.coverage.entries()) {
        const [r, g, b] = painted.frame.data.subarray(at * 3, at * 3 + 3) as unknown as [
          number,
          number,
          number,
        ];
        const same = r === before[at * 3] && g === before[at * 3 + 1] && b === before[at * 3 + 2];
        covered += share;
        if (!(share >= 0 && share <= 1)) outside += 1;
        if (share === 0 && !same) strayed += 1;
        if (r !== g || r !== b) coloured += 1;
      }
      expect(covered).toBeGreaterThan(0);
      expect([outside, strayed]).toEqual([0, 0]);
      // Defects may lie over each other; each for itself differs by 4.
      expect(meanChange(frame, painted)).toBeGreaterThan(3);
      if (name !== "textured" && name !== "of one colour") expect(coloured).toBe(0);
    }
    expect(Buffer.compare(frame.data, before)).toBe(0);
  });
});

test("the same random numbers paint the same bytes, others others", () => {
  const [frame, donor] = [frameOf(64, textured), frameOf(80, textured, 1)];
  const paint = (seed: number) => paintDefects(new Random(seed, "painting", 3), frame, donor);
  for (let seed = 0; seed < 5; seed++) expect(paint(seed)).toEqual(paint(seed));
  const seen = new Set(Array.from({ length: 40 }, (_, seed) => paint(seed).coverage.join()));
  expect(seen.size).toBe(40);
});

test("defects vary in size, in place, in softness and in colour", () => {
  const size = 128;
  const frame = frameOf(size, textured);
  const donor = frameOf(size, (y, x) => grey((x * 3 + y) % 256));
  const areas: number[] = [];
  const rows: number[] = [];
  let [soft, coloured, darker] = [0, 0, 0];
  const count = 60;
  for (let i = 0; i < count; i++) {
    const { coverage, frame: painted } = paintDefects(new Random(i), frame, donor);
    let [area, row, between, shift] = [0, 0, 0, 0];
    const change = [0, 0, 0];
    for (const [at, share] of coverage.entries()) {
      area += share;
      row += share * Math.floor(at / size);
      if (share > 0 && share < 1) between += 1;
      for (let c = 0; c < 3; c++) {
        const by = painted.data[at * 3 + c]! - frame.data[at * 3 + c]!;
        change[c]! += by;
        shift += by;
      }
    }
    areas.push(area);
    rows.push(row / area / size);
    if (between > 0) soft += 1;
    if (Math.max(...change) - Math.min(...change) > 0.2 * Math.abs(shift)) coloured += 1;
    if (shift < 0) darker += 1;
  }
  areas.sort((a, b) => a - b);
  expect(areas.at(-6)! / areas[5]!).toBeGreaterThan(5);
  // Never the whole picture, nor on the average a large part of it.
  expect(areas[count / 2]! / size ** 2).toBeLessThan(0.2);
  expect(Math.max(...rows) - Math.min(...rows)).toBeGreaterThan(0.6);
  for (const share of [soft, coloured, darker]) expect(share).toBeGreaterThan(count / 6);
  expect(darker).toBeLessThan((5 * count) / 6);
});

test("texture comes from the donor, of whatever size", () => {
  const frame = frameOf(64, () => grey(128));
  // A colour that nothing but the donor has; a coloured donor makes no grey frame coloured.
  const red = frameOf(16, () => [255, 0, 0]);
  const coloured = frameOf(64, () => [128, 127, 128]);
  let [inGrey, inColour] = [0, 0];
  for (let i = 0; i < 60; i++) {
    const reddish = (painted: Frame) =>
      Array.from({ length: 64 * 64 }, (_, at) => painted.data[at * 3]! - painted.data[at * 3 + 1]!).some(
        (difference) => difference > 150,
      );
    if (reddish(paintDefects(new Random(i), frame, red).frame)) inGrey += 1;
    if (reddish(paintDefects(new Random(i), coloured, red).frame)) inColour += 1;
  }
  expect(inGrey).toBe(0);
  expect(inColour).toBeGreaterThan(5);
});

test("with a region every defect covers some of it, where one can", () => {
  const size = 64;
  const region = Uint8Array.from({ length: size * size }, (_, i) => (i % size < 8 ? 1 : 0));
  const [frame, donor] = [frameOf(size, textured), frameOf(size, textured, 1)];
  const touches = ({ coverage }: PaintedFrame) => coverage.some((share, i) => share > 0 && region[i] === 1);
  const runs = Array.from({ length: 30 }, (_, i) => i);
  expect(runs.every((i) => touches(paintDefects(new Random(i), frame, donor, region)))).toBe(true);
  expect(runs.every((i) => touches(paintDefects(new Random(i), frame, donor)))).toBe(false);
});
