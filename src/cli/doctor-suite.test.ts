import { join } from "node:path";
import { expect, test } from "vitest";
import { without } from "../datasets/suites/testing/files.ts";
import { miniature } from "../datasets/suites/testing/miniatures.ts";
import { temporarySet } from "../datasets/testing/temporary-set.ts";
import { capture } from "./testing/capture.ts";

test("doctor counts a suite's classes beside the published ones, and says what is missing", async () => {
  const root = await temporarySet(without(await miniature("mpdd"), "tubes/"));
  const { code, stdout } = await capture(["doctor", root, "--suite", "mpdd"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Class +Train +Test good +Test defective$/m);
  expect(stdout).toMatch(/^connector +4 \/ 128 +2 \/ 30 +2 \/ 14$/m);
  expect(stdout).toMatch(/^All +20 +10 +20$/m);
  expect(stdout).toMatch(
    /warning +tubes: MPDD's class tubes is missing\.\n +Get it from https.*\(CLASS_MISSING\)/,
  );
  const json = JSON.parse((await capture(["doctor", root, "--suite", "mpdd", "--json"])).stdout);
  expect(json.ok).toBe(true);
  expect(json.classes[3]).toEqual({
    name: "connector",
    train: 4,
    testGood: 2,
    testDefect: 2,
    published: { train: 128, testGood: 30, testDefect: 14 },
  });
  expect(json.dataset).toContainEqual(expect.objectContaining({ code: "CLASS_MISSING", subject: "tubes" }));
});

test("doctor counts a custom suite, which has no publication", async () => {
  const root = await temporarySet(await miniature("custom"));
  const { stdout } = await capture(["doctor", root, "--suite", "custom"]);
  expect(stdout).toMatch(/^left door +4 +2 +2$/m);
});

test("doctor tells why a suite does not open", async () => {
  const root = await temporarySet(await miniature("mpdd"));
  const { code, stdout } = await capture(["doctor", join(root, "tubes"), "--suite", "mpdd"]);
  expect(code).toBe(2);
  expect(stdout).toMatch(
    /error .*the folder of a single class\n +Name the folder above: .*\(RSAD_DATASET_INVALID\)/,
  );
});

test("doctor refuses a suite without a folder, and one that does not exist", async () => {
  const alone = await capture(["doctor", "--suite", "mpdd"]);
  expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining("RSAD_ARGUMENT_INVALID")]);
  const unknown = await capture(["doctor", "data", "--suite", "coco"]);
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("mpdd or mvtec or visa")]);
});
