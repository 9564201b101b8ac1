import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { add, cast, Graph, reduceMax, reduceMean } from "../graph/index.ts";
import { encodePng } from "../images/index.ts";
import { encodeModelFile } from "../model/index.ts";
import { imageOf, meanModel, metadata } from "../model/testing/mean-model.ts";
import { imageInput } from "../pixels/index.ts";
import { verify } from "./index.ts";

let folder: string;
const at = (name: string) => join(folder, name);
const images = () => [20, 95, 250].map((score) => at(`${score}.png`));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-verify-"));
  await writeFile(at("model.onnx"), meanModel());
  await writeFile(at("other.onnx"), shifted());
  for (const score of [20, 95, 250]) await writeFile(at(`${score}.png`), await encodePng(imageOf(score)));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The model with all values higher by 50: the score of 95 stays defective, that of 20 good, none else changes. */
function shifted(): Uint8Array {
  const graph = new Graph();
  const map = add(reduceMean(cast(imageInput(graph), "float32"), [2], false), 50);
  graph.output("anomaly_map", map);
  graph.output("score", reduceMax(map, undefined, false));
  return encodeModelFile(graph, metadata);
}

test("all ways of a sound model agree, the browser's runtime too", async () => {
  const { paths, images: count, deviation } = await verify({ model: at("model.onnx"), images: images() });
  expect(count).toBe(3);
  // Of 10, 20, ..., 90.
  expect(deviation).toBeCloseTo(27.386, 3);
  expect(paths).toEqual([
    {
      path: "full graph",
      score: 0,
      map: 0,
      verdicts: 0,
      misjudged: false,
      tolerance: { score: 1e-3, map: 1e-3 },
      agrees: true,
    },
    {
      path: "batch graph",
      score: 0,
      map: 0,
      verdicts: 0,
      misjudged: false,
      tolerance: { score: 1e-3, map: 1e-3 },
      agrees: true,
    },
    expect.objectContaining({ path: "browser's runtime", verdicts: 0, misjudged: false, agrees: true }),
  ]);
});

test("another form is compared and not judged", async () => {
  const others = [at("other.onnx")];
  const { paths } = await verify({ model: at("model.onnx"), images: images(), others });
  const { score, map, ...rest } = paths.at(-1)!;
  expect(score).toBeCloseTo(50 / 27.386, 3);
  expect(map).toBeCloseTo(50 / 27.386, 3);
  expect(rest).toEqual({ path: "other.onnx", verdicts: 0, misjudged: false });
});

test("model, images and forms may be bytes", async () => {
  const bytes = await Promise.all(images().map((path) => readFile(path)));
  const others = [await readFile(at("other.onnx"))];
  const given = await verify({ model: await readFile(at("model.onnx")), images: bytes, others });
  const named = await verify({ model: at("model.onnx"), images: images(), others: [at("other.onnx")] });
  expect(given.paths.at(-1)).toEqual({ ...named.paths.at(-1), path: "form 1" });
  const wrong = verify({ model: at("model.onnx"), images: images(), others: [Uint8Array.of(1)] });
  await expect(wrong).rejects.toMatchObject({ code: "RSAD_MODEL_INVALID", subject: "form 1" });
});

test("a model without thresholds has no full graph, and its images say what scores' deviation is", async () => {
  const { threshold: _, ...bare } = metadata;
  await writeFile(at("bare.onnx"), meanModel(bare));
  const { paths, deviation } = await verify({ model: at("bare.onnx"), images: images() });
  expect(paths.map(({ path }) => path)).toEqual(["browser's runtime"]);
  // Of 20, 95 and 250.
  expect(deviation).toBeCloseTo(117.3, 1);
});

test("without images there is nothing to say", async () => {
  const nothing = verify({ model: at("model.onnx"), images: [] });
  await expect(nothing).rejects.toMatchObject({ code: "RSAD_DATASET_EMPTY" });
});

test("another model is no form of this one", async () => {
  const other = { ...metadata, seed: 7 };
  await writeFile(at("stranger.onnx"), meanModel(other));
  const others = [at("stranger.onnx")];
  const compared = verify({ model: at("model.onnx"), images: images(), others });
  await expect(compared).rejects.toMatchObject({ code: "RSAD_ARGUMENT_INVALID", subject: "stranger.onnx" });
});
