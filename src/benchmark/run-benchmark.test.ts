import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TinySuite, tinySuite } from "../../test/tiny-suite.ts";
import { openSuite } from "../datasets/index.ts";
import { runBenchmark } from "./run-benchmark.ts";
import { methodVariants } from "./variants.ts";

let folder: TinySuite;

beforeAll(async () => {
  folder = await tinySuite(["nut"]);
});
afterAll(() => folder.remove());

test("an oracle of methods that learn in one go, which have no moments to choose from, is refused", async () => {
  const suite = await openSuite("custom", folder.data);
  const before = await readdir(folder.path);
  const variants = methodVariants(["patchcore", "padim"]);
  const output = join(folder.path, "out");
  await expect(runBenchmark({ suite, variants, output, oracle: true })).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
    subject: "--oracle",
    received: "patchcore, padim",
  });
  expect(await readdir(folder.path)).toEqual(before);
});
