import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { FINDING_CODES } from "../check/finding.ts";
import { PUBLICATIONS, type PublishedSuiteId } from "./publications.ts";
import { SUITE_IDS } from "./suite.ts";

const page = await readFile(new URL("../../../docs/datasets.md", import.meta.url), "utf8");

const PUBLISHED = SUITE_IDS.filter((id): id is PublishedSuiteId => id !== "custom");

test.each(PUBLISHED)("docs/datasets.md has the counts of %s, and their sums", (id) => {
  const { title, classes } = PUBLICATIONS[id];
  const [, section] = page.split(`\n### ${title}\n`);
  const rows = [
    ...section!.split(/\n#/)[0]!.matchAll(/^\| `?(\w+)`? +\| +([\d,]+) \| +([\d,]+) \| +([\d,]+) \|$/gm),
  ];
  const found = rows.map(([, name, ...counts]) => [
    name,
    ...counts.map((count) => Number(count.replace(",", ""))),
  ]);
  const expected = Object.entries(classes).map(([name, counts]) => [
    name,
    counts.train,
    counts.testGood,
    counts.testDefect,
  ]);
  const sums = [1, 2, 3].map((column) => expected.reduce((sum, row) => sum + Number(row[column]), 0));
  expect(found).toEqual([...expected, ["All", ...sums]]);
});

test.each(PUBLISHED)("docs/datasets.md says where %s is to be had", (id) => {
  const [, row] = page.match(new RegExp(`^\\| \`${id}\` (.*)$`, "m"))!;
  expect(row).toContain(PUBLICATIONS[id].page);
});

test("the sums that the publications print", () => {
  const sum = (id: PublishedSuiteId) =>
    Object.values(PUBLICATIONS[id].classes).reduce(
      ([train, test], counts) => [train! + counts.train, test! + counts.testGood + counts.testDefect],
      [0, 0],
    );
  expect(sum("mpdd")).toEqual([888, 176 + 282]);
  expect(sum("mvtec")).toEqual([3629, 1725]);
  expect(sum("visa")[0]! + sum("visa")[1]!).toBe(9621 + 1200);
  expect(sum("pcb-bank")).toEqual([4214, 2253]);
});

test("docs/datasets.md names codes that exist", () => {
  const [, section] = page.split("## What rsad finds");
  const codes = [...section!.matchAll(/`([A-Z_]{4,})`/g)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(5);
  for (const code of codes) expect(Object.keys(FINDING_CODES)).toContain(code);
});
