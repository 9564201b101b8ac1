import { access, readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, test } from "vitest";

const folders = (await readdir(new URL(".", import.meta.url), { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** The rooms in order, as the rules of .dependency-cruiser.cjs have them: the first, and those that it may not import. */
function checkedRooms(): string[] {
  const { forbidden } = createRequire(import.meta.url)("../.dependency-cruiser.cjs") as {
    forbidden: { name: string; to: { path?: string } }[];
  };
  const rule = forbidden.find(({ name }) => name.endsWith("-looks-up-only"))!;
  const [, below] = rule.to.path!.match(/\((.*)\)/)!;
  return [rule.name.replace("-looks-up-only", ""), ...below!.split("|")];
}

test("docs/architecture.md draws the rooms that are there, in the order that is checked", async () => {
  const page = await readFile(new URL("../docs/architecture.md", import.meta.url), "utf8");
  const [, picture] = page.match(/^src\/\n(.*?)^```/ms)!;
  const drawn = [...picture!.matchAll(/^ {2}(\w+)\/ /gm)].map(([, name]) => name!);
  expect(drawn).toEqual(checkedRooms());
  expect(drawn.toSorted()).toEqual(folders.sort());
});

test("every room has a door, the last one apart, which nobody enters", async () => {
  for (const room of checkedRooms().slice(0, -1)) await access(new URL(`${room}/index.ts`, import.meta.url));
});
