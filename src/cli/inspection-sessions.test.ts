import { mkdtempSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { inspectionSessions, piecesAtOnce } from "./inspection-sessions.ts";

test.each([
  [
    { pieces: 100, threads: 2 },
    { sessions: 2, threads: 1 },
  ],
  [
    { pieces: 100, threads: 5 },
    { sessions: 4, threads: 1 },
  ],
  [
    { pieces: 100, threads: 6 },
    { sessions: 3, threads: 2 },
  ],
  [
    { pieces: 100, threads: 7 },
    { sessions: 3, threads: 2 },
  ],
  [
    { pieces: 100, threads: 10 },
    { sessions: 2, threads: 5 },
  ],
  [
    { pieces: 100, threads: 16 },
    { sessions: 4, threads: 4 },
  ],
  [
    { pieces: 3, threads: 16 },
    { sessions: 3, threads: 5 },
  ],
  [
    { pieces: 100, threads: 1 },
    { sessions: 1, threads: 1 },
  ],
  [
    { pieces: 1, threads: 8 },
    { sessions: 1, threads: 8 },
  ],
  [
    { pieces: 0, threads: undefined },
    { sessions: 1, threads: undefined },
  ],
])("%o: %o", ({ pieces, threads }, expected) => {
  expect(inspectionSessions(pieces, { threads })).toEqual(expected);
});

test("without a number of threads there are as many as cores", () => {
  const cores = availableParallelism();
  const asTold = inspectionSessions(100, { threads: cores });
  expect(inspectionSessions(100, {})).toEqual(cores === 1 ? { sessions: 1, threads: undefined } : asTold);
});

test("another device than the CPU takes images one after the other", () => {
  expect(inspectionSessions(100, { device: "cuda" })).toEqual({ sessions: 1, threads: undefined });
});

describe("pieces at a time", () => {
  const folder = mkdtempSync(join(tmpdir(), "rsad-pieces-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("are all images, few large ones, any number of tiles", async () => {
    const [small, large, broken] = ["small.png", "large.png", "broken.png"].map((name) => join(folder, name));
    const blank = (width: number, height: number) =>
      ({ width, height, channels: 3, background: "grey" }) as const;
    await sharp({ create: blank(64, 64) }).toFile(small!);
    await sharp({ create: blank(3000, 2000) }).toFile(large!);
    await writeFile(broken!, "no image");
    const nine = (path: string) => Array.from({ length: 9 }, () => path);
    expect(await piecesAtOnce(nine(small!), undefined)).toBe(9);
    expect(await piecesAtOnce(nine(large!), undefined)).toBe(2);
    expect(await piecesAtOnce([large!], undefined)).toBe(1);
    expect(await piecesAtOnce(nine(broken!), undefined)).toBe(9);
    expect(await piecesAtOnce([], undefined)).toBe(0);
    expect(await piecesAtOnce([large!], 512)).toBeGreaterThan(100);
  });
});
