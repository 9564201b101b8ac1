import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { openModel } from "../../src/assessment/index.ts";
import { browserRuntime } from "../../src/deployment/browser-runtime.ts";
import { train } from "../../src/detectors/index.ts";
import { inspect } from "../../src/evaluation/index.ts";
import { encodeModel, float32, Graph, mul } from "../../src/graph/index.ts";
import { tinyDefault, tinyImage } from "../tiny.ts";
import { tinyTraining } from "../tiny-training.ts";
import { buildWeb } from "./build-web.ts";
import { stubPictures } from "./pictures.ts";

let built: string;
beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), "rsad-built-"));
  await buildWeb(built);
});
afterAll(() => rm(built, { recursive: true, force: true }));
afterEach(() => vi.unstubAllGlobals());

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

test("the library's example in docs/browser.md says what Node says, by the file that is built", async () => {
  const text = await readFile(new URL("../../docs/browser.md", import.meta.url), "utf8");
  const [, example] = text.match(/^```js\n(import .*?)^```/ms)!;
  const library = JSON.stringify(pathToFileURL(join(built, "rsad.js")).href);
  const script = join(built, "example.mjs");
  const seen = "export { verdict, score, threshold, regions };";
  await writeFile(script, `${example!.replace('"rsad/browser"', library)}${seen}\n`);

  const training = await tinyTraining(8);
  try {
    const { modelPath } = await train(training.request(tinyDefault()));
    const image = tinyImage(1, { defect: true });
    const putImageData = vi.fn();
    stubPictures(image);
    vi.stubGlobal("file", "a picture");
    vi.stubGlobal("context", { putImageData });
    vi.stubGlobal("fetch", async (address: string) => {
      expect(address).toBe("model.onnx");
      return new Response(await readFile(modelPath));
    });
    const said = await import(pathToFileURL(script).href);
    const node = await openModel(modelPath, { threads: 1 });
    const { verdict, threshold, regions, score } = await inspect(node, image);
    await node.close();
    expect(said).toMatchObject({ verdict, threshold });
    expect(said.score).toBeCloseTo(score, 3);
    expect(said.regions).toHaveLength(regions.length);
    const { width, height } = image;
    expect(putImageData.mock.calls).toEqual([[expect.objectContaining({ width, height }), 0, 0]]);
  } finally {
    await training.remove();
  }
});
