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
