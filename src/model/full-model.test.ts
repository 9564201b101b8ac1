import { afterAll, beforeAll, expect, test } from "vitest";
import { inspect } from "../evaluation/index.ts";
import { nodeRuntime, onnx, type Session } from "../graph/index.ts";
import { DECISION, decodeMetadata, fullModel, Model, withMetadata } from "./index.ts";
import { imageOf, meanModel, metadata } from "./testing/mean-model.ts";

const runtime = nodeRuntime({ threads: 1 });
const reviewed = { ...metadata, threshold: { ...metadata.threshold!, review: 70 } };
let sessions: Record<"plain" | "review", Session>;
let model: Model;

beforeAll(async () => {
  const open = (bytes: Uint8Array) => runtime.open(fullModel(bytes, "m"));
  sessions = { plain: await open(meanModel()), review: await open(meanModel(reviewed)) };
  model = await Model.load(fullModel(meanModel(reviewed), "m"), runtime);
});
afterAll(async () => {
  await model.close();
  for (const session of Object.values(sessions)) await session.close();
});

async function run(session: Session, score: number) {
  const { width, height, data } = imageOf(score);
  const outputs = await session.run({ image: { dtype: "uint8", dims: [height, width, 3], data } });
  return {
    dims: [outputs.p_value!.dims, outputs.decision!.dims],
    score: outputs.score!.data[0],
    pValue: outputs.p_value!.data[0],
    decision: Number(outputs.decision!.data[0]),
    map: outputs.anomaly_map!.data,
  };
}

test.each([5, 10, 69, 70, 89, 90, 91, 255])("decides of the score %i as inspect does", async (score) => {
  const inspection = await inspect(model, imageOf(score));
  const decided = await run(sessions.review, score);
  expect(decided.score).toBe(score);
  expect(decided.decision).toBe(DECISION[inspection.verdict]);
  expect(decided.pValue).toBeCloseTo(inspection.pValue!, 7);
  expect(decided.map).toEqual(inspection.map.data);
  expect(decided.dims).toEqual([[], []]);
});

test.each([
  [90, DECISION.good, 0.2],
  [91, DECISION.defect, 0.1],
  [5, DECISION.good, 1],
])("without a review threshold the score %i is decided %i, p = %d", async (score, decision, pValue) => {
  const decided = await run(sessions.plain, score);
  expect(decided.decision).toBe(decision);
  expect(decided.pValue).toBeCloseTo(pValue, 7);
});

test("is inspected as any other model, and made full once only", async () => {
  const full = fullModel(meanModel(), "m");
  expect(decodeMetadata(full, "m")).toEqual(metadata);
  expect(fullModel(full, "m")).toEqual(full);
});

test("with other thresholds it decides by those", async () => {
  const other = { ...metadata, threshold: { ...metadata.threshold!, image: 20.5 } };
  const session = await runtime.open(withMetadata(fullModel(meanModel(), "m"), other));
  try {
    expect((await run(session, 21)).decision).toBe(DECISION.defect);
  } finally {
    await session.close();
  }
});

test("without thresholds it decides no longer", () => {
  const { threshold: _, ...rest } = metadata;
  const { graph } = onnx.ModelProto.decode(withMetadata(fullModel(meanModel(), "m"), rest));
  expect(graph!.output!.map(({ name }) => name)).toEqual(["anomaly_map", "score"]);
});

test("a score that is no number is decided a defect", async () => {
  const decoded = onnx.ModelProto.decode(fullModel(meanModel(), "m"));
  // The score is the logarithm of a negative number instead.
  const { node } = decoded.graph!;
  const at = node!.findIndex(({ output }) => output![0] === "score");
  const before = node![at]!.input![0]!;
  const broken = [
    { opType: "Neg", name: "neg", input: [before], output: ["negative"] },
    { opType: "Log", name: "log", input: ["negative"], output: ["score"] },
  ];
  decoded.graph!.node = [...node!.slice(0, at), ...broken, ...node!.slice(at + 1)];
  const session = await runtime.open(onnx.ModelProto.encode(decoded).finish());
  try {
    const decided = await run(session, 50);
    expect([decided.score, decided.decision]).toEqual([Number.NaN, DECISION.defect]);
  } finally {
    await session.close();
  }
});

test("a model without thresholds cannot decide", () => {
  const { threshold: _, ...rest } = metadata;
  expect(() => fullModel(meanModel(rest), "m.onnx")).toThrow(/a model with thresholds.* for m\.onnx/);
});

test("a model of tiles cannot decide of the whole image", () => {
  const tiled = { ...metadata, tiles: { size: 64, overlap: 16, trained: 100 } };
  expect(() => fullModel(meanModel(tiled), "m.onnx")).toThrow(/a model of whole images for m\.onnx/);
});
