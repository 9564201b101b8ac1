import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browserRuntime } from "../../src/deployment/browser-runtime.ts";
import { encodeModel, float32, Graph, mul } from "../../src/graph/index.ts";
import { buildWeb } from "./build-web.ts";

let built: string;
beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), "rsad-built-"));
  await buildWeb(built);
});
afterAll(() => rm(built, { recursive: true, force: true }));

test.each([
  ["as it is built, which an installed package has alone", () => pathToFileURL(join(built, "/"))],
  ["from the development package, where nothing is built", () => new URL("file:///nowhere/")],
])("the browser's runtime runs in Node, %s", async (_place, folder) => {
  const graph = new Graph();
  graph.output("y", mul(graph.input("x", "float32", [2]), 3));
  const session = await (await browserRuntime(folder())).open(encodeModel(graph));
  const { y } = await session.run({ x: float32([1, 2], [2]) });
  expect([...y!.data]).toEqual([3, 6]);
  await session.close();
});
