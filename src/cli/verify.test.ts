import { beforeAll, expect, test, vi } from "vitest";
import type { Verification, VerifyRequest } from "../deployment/index.ts";
import { checkAgreement } from "./describe-verification.ts";
import { capture } from "./testing/capture.ts";
import { TINY, tinyData } from "./testing/tiny.ts";

/** What becomes of a verification. */
const made = vi.hoisted(() => ({ to: (verification: Verification) => verification }));
vi.mock("../deployment/index.ts", async (importOriginal) => {
  const real = await importOriginal<typeof import("../deployment/index.ts")>();
  return {
    ...real,
    verify: async (request: VerifyRequest) => made.to(await real.verify(request)),
  };
});

const at = tinyData();

beforeAll(async () => {
  const { code, stdout } = await capture(["train", at("data"), "--out", at("run"), ...TINY]);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^Verified +full graph, batch graph, browser's runtime: scores within .* \(2 images\)$/m,
  );
});

test("a trained model's ways agree", async () => {
  const args = ["verify", at("run", "model.onnx"), at("data", "test"), "--most", "3"];
  const { code, stdout } = await capture(args);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^full graph .* agrees/m);
  expect(stdout).toMatch(/^3 images; /m);
  const { paths } = JSON.parse((await capture([...args, "--json"])).stdout);
  expect(paths.map(({ agrees }: { agrees: boolean }) => agrees)).toEqual([true, true, true]);
});

test("forms beside the model that were not compared are named, and those given judged", async () => {
  const small = ["--precision", "fp16", "--images", at("data"), "--full"];
  expect(await capture(["export", at("run", "model.onnx"), ...small])).toMatchObject({ code: 0 });
  const full = at("run", "model.fp16.full.onnx");
  const half = at("run", "model.fp16.onnx");
  const args = ["verify", at("run", "model.onnx"), at("data", "test"), "--most", "1"];
  const { stdout } = await capture(args);
  expect(stdout).toMatch(/^Not compared: .*model\.fp16\.onnx\. --with FILE compares one\.$/m);
  const { code, stdout: compared } = await capture([...args, "--with", half, "--with", full]);
  expect(code).toBe(0);
  expect(compared).not.toContain("Not compared");
  expect(compared).toMatch(/^model\.fp16\.onnx .* 0\.1, 0\.1 .* agrees/m);
  expect(compared).toMatch(/^model\.fp16\.full\.onnx .* 0\.1, 0\.1 .* agrees/m);
});

test("a way that is too far from the model's own graph is an error", () => {
  const tolerance = { score: 0.001, map: 0.001 };
  const path = {
    path: "full graph",
    score: 0.002,
    map: 0,
    verdicts: 0,
    misjudged: false,
    tolerance,
    agrees: false,
  };
  const verification: Verification = { deviation: 2, images: 1, paths: [path] };
  expect(() => checkAgreement(verification, "m.onnx")).toThrow(
    /scores within 0\.001 and .*the full graph of m\.onnx but received scores 0\.0020/,
  );
});

test("with --json what disagrees is one document, with the figures and the error", async () => {
  made.to = ({ paths, ...rest }) => ({
    ...rest,
    paths: paths.map((path) => ({ ...path, agrees: false })),
  });
  const args = ["verify", at("run", "model.onnx"), at("data", "test"), "--most", "1", "--json"];
  const { code, stdout, stderr } = await capture(args);
  made.to = (verification) => verification;
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ images: 1, error: { code: "RSAD_PATHS_DISAGREE" } });
  expect(stderr).toMatch(/^RSAD_PATHS_DISAGREE: /m);
});

test("images that are not there are an error", async () => {
  const { code, stderr } = await capture(["verify", at("run", "model.onnx"), at("nowhere")]);
  expect(code).toBe(2);
  expect(stderr).toContain("RSAD_FILE_MISSING");
});
