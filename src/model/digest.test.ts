import { afterEach, describe, expect, test, vi } from "vitest";
import { RsadError } from "../errors.ts";
import { nodeRuntime } from "../graph/index.ts";
import { checkDigest, decodeMetadata, fullModel, Model, withDigest, withMetadata } from "./index.ts";
import { imageOf, meanModel, metadata } from "./testing/mean-model.ts";

const runtime = nodeRuntime({ threads: 1 });
const damaged = { code: "RSAD_MODEL_INVALID", subject: "m.onnx", received: expect.stringMatching(/damaged/) };

/** Score and thresholds, which are all that a verdict comes of. */
async function judged(bytes: Uint8Array) {
  const model = await Model.load(bytes, runtime, "m.onnx");
  try {
    const { score } = await model.score(imageOf(95));
    return { score, threshold: model.metadata.threshold };
  } finally {
    await model.close();
  }
}

function flipped(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at]! ^= 1 << bit;
  return copy;
}

afterEach(() => vi.unstubAllGlobals());

describe("a model file with a digest", () => {
  test("opens, and says of itself what it said without", async () => {
    const bytes = await withDigest(meanModel());
    expect(await judged(bytes)).toEqual({ score: 95, threshold: metadata.threshold });
    expect(decodeMetadata(bytes, "m")).toEqual(metadata);
  });

  test("with any bit of graph or metadata flipped is an error, and never another verdict", async () => {
    const bytes = await withDigest(meanModel());
    const whole = await judged(bytes);
    let refused = 0;
    for (let at = 0; at < bytes.length; at++) {
      const result = await judged(flipped(bytes, at, at % 8)).catch((error) => error);
      if (result instanceof RsadError) refused++;
      else expect(result, `byte ${at}`).toEqual(whole);
    }
    // What of the property's own name is flipped makes it another property.
    expect(bytes.length - refused).toBeLessThan(20);
  });

  test("says that it is damaged, whatever the runtime makes of it", async () => {
    const bytes = await withDigest(meanModel());
    const opening = { open: () => Promise.reject(new Error("the runtime's own")) };
    await expect(Model.load(bytes, opening, "m.onnx")).rejects.toThrow(/the runtime's own/);
    const other = flipped(bytes, Math.floor(bytes.length / 8), 0);
    await expect(Model.load(other, opening, "m.onnx")).rejects.toMatchObject(damaged);
  });

  test("has none any more once it is rewritten, until it is given its own", async () => {
    const bytes = await withDigest(meanModel());
    const threshold = { ...metadata.threshold!, image: 7 };
    for (const other of [fullModel(bytes, "m"), withMetadata(bytes, { ...metadata, threshold })]) {
      await checkDigest(other, "m.onnx");
      await checkDigest(await withDigest(other), "m.onnx");
      expect(Buffer.from(other).includes("rsad.sha256")).toBe(false);
    }
  });
});

test("a model file without a digest opens, as one of before", async () => {
  expect(await judged(meanModel())).toMatchObject({ score: 95 });
});

test("where the platform computes no digest, nothing is checked", async () => {
  const bytes = await withDigest(meanModel());
  vi.stubGlobal("crypto", {});
  await checkDigest(flipped(bytes, 3, 0), "m.onnx");
  expect(await withDigest(bytes)).toEqual(bytes);
});
