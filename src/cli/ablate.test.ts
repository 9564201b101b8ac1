import { writeFile } from "node:fs/promises";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { performBenchmark } from "./perform-benchmark.ts";
import type { FullRequest } from "./running-options.ts";
import { capture } from "./testing/capture.ts";
import { tinyData } from "./testing/tiny.ts";

vi.mock("./perform-benchmark.ts", async (original) => ({
  ...(await original<typeof import("./perform-benchmark.ts")>()),
  performBenchmark: vi.fn(),
}));

const at = tinyData();

let request: FullRequest;
beforeEach(() => {
  vi.mocked(performBenchmark).mockImplementation((given) => {
    request = given;
    return Promise.resolve(0);
  });
});

/** What would have been computed, and what was said of it. */
async function ablate(...options: readonly string[]) {
  const { code, stderr } = await capture(["ablate", "custom", at(), ...options]);
  expect(code, stderr).toBe(0);
  return { ...request, stderr };
}

const sweepsOf = ({ variants }: FullRequest) => [...new Set(variants.map(({ sweep }) => sweep))];

test("all sweeps of the recipe default, as many cells as it says", async () => {
  const { stderr, ...all } = await ablate("--seeds", "2");
  expect(sweepsOf(all)).toEqual([
    "parts, recipe default",
    "neighbourhood, recipe default",
    "deviation of the noise, recipe default",
    "switches, recipe default",
  ]);
  expect(all.variants.every(({ recipe }) => recipe.name === "default")).toBe(true);
  expect(stderr).toContain(`${2 * all.variants.length} cells: variants ${all.variants.length}, classes 1`);
  expect(stderr).toContain("Left out: layers: all of them");
  expect(all).toMatchObject({ seeds: [0, 1], suite: { id: "custom", classes: [{ name: "data" }] } });
});

test("a recipe of the paper's form has sweeps of its own", async () => {
  const paper = await ablate("--recipe", "paper", "--steps", "7");
  expect(sweepsOf(paper)).toHaveLength(8);
  expect(paper.variants.every(({ recipe }) => recipe.name === "paper")).toBe(true);
});

test("layers are those that the network has", async () => {
  const spec = { file: "net.pth", architecture: "resnet18" };
  await writeFile(at("net.json"), JSON.stringify(spec));
  await writeFile(at("net.pth"), "");
  const { variants } = await ablate("--sweeps", "layers", "--backbone", at("net.json"));
  expect(variants).toHaveLength(9);
});

describe("a learning curve", () => {
  test("is all there is unless sweeps are named", async () => {
    const curve = await ablate("--train-images", "4,5,50", "--methods", "default,patchcore", "--steps", "7");
    expect(sweepsOf(curve)).toEqual(["number of training images"]);
    expect(curve.variants.map(({ recipe, trainImages }) => [recipe.name, trainImages])).toEqual([
      ...[4, 5, undefined].map((count) => ["default", count]),
      ...[4, 5, undefined].map((count) => ["patchcore", count]),
    ]);
    expect(curve.variants[0]).toMatchObject({ recipe: { length: { steps: 7 } } });
    expect(curve.stderr).toContain("Left out: 50 training images: a class has only 6.");
    const both = await ablate("--train-images", "4", "--sweeps", "sigma");
    expect(sweepsOf(both)).toHaveLength(2);
  });

  test("of the recipe that is taken apart, with its settings", async () => {
    const { variants } = await ablate("--train-images", "4", "--recipe", "paper", "--set", "batch=2");
    expect(variants.map(({ recipe }) => recipe)).toEqual([
      expect.objectContaining({ name: "paper", batch: 2 }),
      expect.objectContaining({ name: "paper", batch: 2 }),
    ]);
  });
});

test.each([
  ["--set", "patches=2"],
  ["--steps", "7"],
])("%s that no method of a learning curve would heed is an error", async (option, value) => {
  const options = ["--train-images", "4", "--methods", "dfm", option, value];
  const { code, stderr } = await capture(["ablate", "custom", at(), ...options]);
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(`^RSAD_ARGUMENT_INVALID: .* for ${option} but received dfm\n`),
  ]);
});

test("nothing to compare is an error", async () => {
  const { code, stderr } = await capture(["ablate", "custom", at(), "--sweeps", "layers"]);
  expect(code).toBe(2);
  expect(stderr).toContain("Expected something to compare for --sweeps");
});
