import { expect, test } from "vitest";
import { ProgressDisplay } from "./progress-display.ts";
import { Memory } from "./testing/capture.ts";

function show(stream: Memory) {
  const display = new ProgressDisplay(stream);
  for (const phase of ["features", "training"]) {
    for (let done = 0; done <= 3; done++) {
      display.onProgress({ phase, done, total: 3, ...(done > 0 && { detail: `loss ${done}` }) });
    }
  }
  display.stop();
}

test("off a terminal, one line for each phase", () => {
  const stream = new Memory();
  show(stream);
  expect(stream.text).toBe("features (3)\ntraining (3)\n");
});

test("off a terminal, other lines do not make a phase begin again", () => {
  const stream = new Memory();
  const display = new ProgressDisplay(stream);
  for (let done = 0; done <= 3; done++) {
    display.stop();
    display.onProgress({ phase: "inspecting", done, total: 3 });
  }
  expect(stream.text).toBe("inspecting (3)\n");
});

test("on a terminal, a bar for each phase with the time left, at last full", () => {
  const stream = new Memory(true);
  show(stream);
  expect(stream.text).toMatch(/features.* 0 % \| 0\/3 \| \? left/);
  expect(stream.text).not.toMatch(/NF|NaN/);
  expect(stream.text).toMatch(/training.*100 % \| 3\/3 \| .* left loss 3/);
});

test("work that says how long it will take is believed, and a new bar says it at once", () => {
  const stream = new Memory(true);
  const display = new ProgressDisplay(stream);
  display.onProgress({ phase: "cells", done: 0, total: 3, left: "" });
  display.stop();
  display.onProgress({ phase: "cells", done: 1, total: 3, left: "about 2 min" });
  display.stop();
  expect(stream.text).toMatch(/0\/3 \| \? left[\s\S]*1\/3 \| about 2 min left/);
});

test.each([true, false])("a phase with nothing to do is not shown, on a terminal: %s", (isTerminal) => {
  const stream = new Memory(isTerminal);
  new ProgressDisplay(stream).onProgress({ phase: "cells", done: 2, total: 2 });
  expect(stream.text).toBe("");
});
