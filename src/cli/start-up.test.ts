import { readFile } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import { COMMANDS } from "./command-list.ts";
import { capture } from "./testing/capture.ts";

/** What the command line itself is made with. */
const OWN = ["commander", "cli-progress", "fastest-levenshtein"];

test.each(COMMANDS)("help says of $name what the command itself says", async ({ name }) => {
  const outline = await capture(["--help"]);
  expect(await capture(["--help", name])).toEqual(outline);
});

test("version, help and wrong commands load no library but the command line's own", async () => {
  const { dependencies } = JSON.parse(await readFile("package.json", "utf8"));
  const others = Object.keys(dependencies).filter((name) => !OWN.includes(name));
  expect(others).toEqual(expect.arrayContaining(["onnxruntime-node", "sharp", "zod", "@observablehq/plot"]));
  const loaded: string[] = [];
  for (const name of others) {
    vi.doMock(name, () => {
      loaded.push(name);
      return {};
    });
  }
  vi.resetModules();
  // A second copy of the command line, for which nothing has been loaded yet.
  const fresh = await import("./testing/capture.ts");
  expect(await fresh.capture(["--version"])).toMatchObject({ code: 0 });
  expect(await fresh.capture(["--help"])).toMatchObject({ code: 0 });
  expect(await fresh.capture(["trian", "x"])).toMatchObject({ code: 2 });
  expect(loaded).toEqual([]);
  // The net is spread: a command does load some of them.
  await fresh.capture(["train", "--help"]);
  expect(loaded).not.toEqual([]);
});
