import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundle, removeBundle } from "./bundle.ts";

const MUTATIONS = 10_000;
const SEED = 1;
const MEBI = 2 ** 20;
/** For all of them, in milliseconds: some twenty times what they take. */
const TIMEOUT = 200_000;
let script: string;

beforeAll(async () => {
  script = await bundle("test/children/fuzz-weights.ts");
});
afterAll(() => removeBundle(script));

test("mutated files of weights give clear errors only, at once, in little memory", {
  timeout: 2 * TIMEOUT,
}, async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      "--max-old-space-size=64",
      script,
      "src/backbones/weights/testing/files",
      String(SEED),
      String(MUTATIONS),
    ],
    { timeout: TIMEOUT },
  );
  const { read, refused, tensors, slowest, buffers, rss } = JSON.parse(stdout);
  expect(read + refused).toBe(MUTATIONS);
  // Enough of every outcome, or the mutations would not get far.
  expect(Math.min(read, refused, tensors.read, tensors.refused)).toBeGreaterThan(MUTATIONS / 20);
  // CPU seconds for one file; bytes beside the file of some 20 KB; kilobytes for the whole run.
  expect(slowest).toBeLessThan(1);
  expect(buffers).toBeLessThan(MEBI);
  expect(rss).toBeLessThan(128 * 1024);
});
