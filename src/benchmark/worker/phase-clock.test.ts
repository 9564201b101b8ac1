import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { candidateSteps } from "./oracle.ts";
import { PhaseClock } from "./phase-clock.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** Reports as many as are named, a second apart. */
function report(clock: PhaseClock, phase: string, done: readonly number[], total: number): void {
  for (const each of done) {
    clock.onProgress({ phase, done: each, total });
    vi.advanceTimersByTime(1000);
  }
}

test("times a phase from its first report to its last", () => {
  const clock = new PhaseClock();
  report(clock, "features", [0, 1, 2], 2);
  report(clock, "training", [0, 5, 10, 15], 15);
  expect(clock.seconds("features")).toBe(2);
  expect(clock.seconds("training")).toBe(3);
  expect(clock.seconds("evaluating")).toBeUndefined();
});

test("what this process did stands for what an earlier one did; nothing stands for all", () => {
  const clock = new PhaseClock();
  report(clock, "training", [6, 7, 8], 8);
  expect(clock.seconds("training")).toBe(8);
  report(clock, "features", [8], 8);
  expect(clock.seconds("features")).toBeUndefined();
});

test("counts what comes before the first step with the steps, but neither features nor what comes after", () => {
  const clock = new PhaseClock();
  report(clock, "features", [0, 1, 2], 2);
  expect(clock.secondsWithPreparation("training", "features")).toBeUndefined();
  report(clock, "pseudo-defects", [0, 1, 2, 3], 3);
  report(clock, "memory", [0, 4], 4);
  report(clock, "training", [6, 7, 8], 8);
  report(clock, "thresholds", [0, 1], 1);
  expect(clock.secondsWithPreparation("training", "features")).toBe(3 + 1 + 8);
});

test("leaves out what took time of its own, also after the last report", () => {
  const clock = new PhaseClock();
  report(clock, "training", [0, 1], 2);
  vi.advanceTimersByTime(5000);
  clock.leaveOut(5000);
  report(clock, "training", [2], 2);
  clock.leaveOut(1000);
  expect(clock.seconds("training")).toBe(2);
});

test("the oracle's moments are evenly spaced, each once, the last step among them", () => {
  expect(candidateSteps(400, 4)).toEqual([100, 200, 300, 400]);
  expect(candidateSteps(3, 40)).toEqual([1, 2, 3]);
  expect(candidateSteps(1, 40)).toEqual([1]);
  const steps = candidateSteps(8360, 40);
  expect([steps.length, steps.at(-1)]).toEqual([40, 8360]);
});
