import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { add, cast, Graph, reduceMax, reduceMean } from "../graph/index.ts";
import { encodePng } from "../images/index.ts";
import {
  encodeModelFile,
  fullModel,
  type ModelMetadata,
  type Precision,
  withMetadata,
} from "../model/index.ts";
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

/** The model with all values higher: by 50, the score of 95 stays defective, that of 20 good, none else changes. */
function shifted(by = 50, given: ModelMetadata = metadata): Uint8Array {
  const graph = new Graph();
  const map = add(reduceMean(cast(imageInput(graph), "float32"), [2], false), by);
  graph.output("anomaly_map", map);
  graph.output("score", reduceMax(map, undefined, false));
  return encodeModelFile(graph, given);
}

function reduced(weights: Precision): ModelMetadata {
  return { ...metadata, precision: { weights, images: { count: 9, sha256: "2" } } };
}

/** What is found of one other form. */
async function ofForm(bytes: Uint8Array, model: Uint8Array = meanModel()) {
  const { paths } = await verify({ model, images: images(), others: [bytes] });
  return paths.at(-1)!;
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

test("a form in the same precision has to give the same", async () => {
  const { score, map, ...rest } = await ofForm(shifted());
  expect(score).toBeCloseTo(50 / 27.386, 3);
  expect(map).toBeCloseTo(50 / 27.386, 3);
  const tolerance = { score: 1e-3, map: 1e-3 };
  expect(rest).toEqual({ path: "form 1", verdicts: 0, misjudged: false, tolerance, agrees: false });
  expect(await ofForm(meanModel())).toMatchObject({ score: 0, agrees: true });
  expect(await ofForm(shifted(Number.NaN, metadata), meanModel()).catch(({ code }) => code)).toBe(
    "RSAD_MODEL_INVALID",
  );
});

test("a full form has to decide as the model does", async () => {
  const full = fullModel(meanModel(), "m");
  expect(await ofForm(full)).toMatchObject({ score: 0, verdicts: 0, misjudged: false, agrees: true });
  const stale = withMetadata(full, { ...metadata, threshold: { ...metadata.threshold!, image: 200 } });
  expect(await ofForm(stale)).toMatchObject({ score: 0, verdicts: 1, misjudged: true, agrees: false });
  const broken = fullModel(shifted(Number.NaN), "m");
  expect(await ofForm(broken)).toMatchObject({ score: Number.NaN, agrees: false });
});

test.each([
  ["fp16", 2, true],
  ["fp16", 4, false],
  ["int8", 500, true],
  ["int8", 600, false],
] as const)(
  "a form in %s with scores %d higher, where they deviate by 27.4: %j",
  async (weights, by, agrees) => {
    const threshold = { ...metadata.threshold!, image: 900 };
    const form = shifted(by, { ...reduced(weights), threshold });
    expect(await ofForm(form)).toMatchObject({ misjudged: false, agrees });
    expect(await ofForm(fullModel(form, "m"))).toMatchObject({ misjudged: false, agrees });
    expect(await ofForm(shifted(by), meanModel(reduced(weights)))).toMatchObject({ agrees });
  },
);

test("an int8 model may score a little otherwise in the browser's runtime, and says that it is one", async () => {
  const of = (weights: Precision) => verify({ model: meanModel(reduced(weights)), images: images() });
  const { precision, paths } = await of("int8");
  expect([precision, paths.at(-1)!.tolerance]).toEqual(["int8", { score: 3, map: 4 }]);
  expect((await of("fp16")).paths.at(-1)!.tolerance).toEqual({ score: 0.01, map: 0.1 });
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
