import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { recipe } from "../recipes/index.ts";
import { capture, Memory } from "./testing/capture.ts";

/** A demo of a few images, and no report, in a second. */
vi.mock("../datasets/index.ts", async (importOriginal) => {
  const real = await importOriginal<typeof import("../datasets/index.ts")>();
  const makeDemo: typeof real.makeDemo = (folder, options) =>
    real.makeDemo(folder, { ...options, trainCount: 6, goodCount: 2, perDefect: 1 });
  return { ...real, makeDemo };
});

vi.mock("../detectors/index.ts", async (importOriginal) => {
  const real = await importOriginal<typeof import("../detectors/index.ts")>();
  const trainWith: typeof real.trainWith = (request, extras) =>
    real.trainWith(
      { ...request, recipe: recipe("noise", { "length.steps": 2, "preprocessing.size": 64 }) },
      extras,
    );
  return { ...real, trainWith };
});

vi.mock("./evaluate-folder.ts", () => ({
  describeEvaluation: () => "",
  evaluateFolder: async () => ({ evaluation: {}, reportPath: "" }),
}));

test("the command that comes next can be given to a shell as it is", async () => {
  const folder = await mkdtemp(join(tmpdir(), "rsad demo-"));
  const { code, stdout } = await capture(["demo", "--out", folder, "--threads", "1"]);
  await rm(folder, { recursive: true });
  expect(code).toBe(0);
  const [model, images] = [join(folder, "model.onnx"), join(folder, "data", "test", "scratch")];
  expect(stdout).toContain(`Next    rsad inspect "${model}" "${images}"\n`);
});

test("Ctrl-C stops the demo while its images are drawn, and says how to go on", async () => {
  const folder = await mkdtemp(join(tmpdir(), "rsad-demo-"));
  const interrupt = new AbortController();
  const stderr = new Memory();
  stderr.on("line", (line: string) => line.startsWith("demo images") && interrupt.abort());
  const { code } = await capture(["demo", "--out", folder], { signal: interrupt.signal, stderr });
  const drawn = await readdir(folder, { recursive: true });
  await rm(folder, { recursive: true });
  expect(code).toBe(130);
  expect(stderr.text).toContain("Interrupted. Run the same command again to go on.");
  expect(drawn.filter((name) => name.endsWith(".png"))).toEqual([]);
});
