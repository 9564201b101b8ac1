import { access, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { suiteFolder } from "../benchmark/summary/testing/suite-folder.ts";
import { capture } from "./testing/capture.ts";

let root: string;
let folders: string[];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "rsad-cli-summary-"));
  folders = [await suiteFolder(join(root, "a"), "one"), await suiteFolder(join(root, "b"), "two")];
});
afterAll(() => rm(root, { recursive: true }));

test("prints the tables and where they are, and says suite by suite what is not computed", async () => {
  const out = join(root, "out");
  const { code, stdout, stderr } = await capture(["benchmark", "summary", ...folders, "--out", out]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Method +ONE +TWO +Average$/m);
  expect(stdout).toContain(join(out, "summary.html"));
  expect(stderr.split("\n")).toEqual([
    "ONE: Not computed: 1 cell, x on nut with tiny, seed 1.",
    "TWO: Not computed: 1 cell, x on nut with tiny, seed 1.",
    "",
  ]);
  await access(join(out, "summary.csv"));
});

test("--json prints the averages", async () => {
  const args = ["benchmark", "summary", ...folders, "--out", join(root, "json"), "--json"];
  const { averages, suites } = JSON.parse((await capture(args)).stdout);
  expect(averages[2]).toEqual({
    ...{ suite: "average", backbone: "tiny", variant: "x", label: "x", moment: "last" },
    measures: { image_auroc: { mean: 0.75, seeds: 1, classes: 2 } },
  });
  expect(suites.map(({ suite }: { suite: { id: string } }) => suite.id)).toEqual(["one", "two"]);
});

test("the folders of one suite are refused, with what to do", async () => {
  const { code, stderr } = await capture(["benchmark", "summary", folders[0]!, folders[0]!]);
  expect(code).toBe(2);
  expect(stderr).toContain("Unite the folders of one suite with rsad benchmark merge first.");
});
