import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { inspectionSessions } from "./inspection-sessions.ts";

test.each([
  [
    { images: 100, threads: 2 },
    { sessions: 2, threads: 1 },
  ],
  [
    { images: 100, threads: 6 },
    { sessions: 4, threads: 1 },
  ],
  [
    { images: 100, threads: 16 },
    { sessions: 4, threads: 4 },
  ],
  [
    { images: 3, threads: 16 },
    { sessions: 3, threads: 5 },
  ],
  [
    { images: 100, threads: 1 },
    { sessions: 1, threads: 1 },
  ],
  [
    { images: 1, threads: 8 },
    { sessions: 1, threads: 8 },
  ],
  [
    { images: 0, threads: undefined },
    { sessions: 1, threads: undefined },
  ],
])("%o: %o", ({ images, threads }, expected) => {
  expect(inspectionSessions(images, { threads })).toEqual(expected);
});

test("without a number of threads there are as many as cores", () => {
  const cores = availableParallelism();
  expect(inspectionSessions(100, {})).toEqual(
    cores === 1
      ? { sessions: 1, threads: undefined }
      : { sessions: Math.min(4, cores), threads: Math.floor(cores / Math.min(4, cores)) },
  );
});

test("another device than the CPU takes images one after the other", () => {
  expect(inspectionSessions(100, { device: "cuda" })).toEqual({ sessions: 1, threads: undefined });
});
