import { access, copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import type { Inspection } from "../evaluation/index.ts";
import { capture } from "./testing/capture.ts";
import { TINY, tinyData } from "./testing/tiny.ts";

const at = tinyData();
const run = (...args: string[]) =>
  capture(["export", at("out", "model.onnx"), "--images", at("data"), "--threads", "1", ...args]);

beforeAll(async () => {
  expect(await capture(["train", at("data"), "--out", at("out"), ...TINY])).toMatchObject({ code: 0 });
});

describe("export", () => {
  test("writes a quarter or half beside the model, which is inspected as any other", async () => {
    const { code, stdout, stderr } = await run("--precision", "int8");
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^ranges \(4\)\nthresholds \(2\)\nThe loss of accuracy is not measured: .*--check\.\n$/,
    );
    expect(stdout).toMatch(/^Size +0\.\d MB of 1\.\d MB$/m);
    expect(stdout).toMatch(/^Agreement .*\(2 good images\)$/m);
    expect(stdout).toMatch(/^Promise {6}on average at most 34 % of good images/m);
    expect(stdout).not.toContain("AUROC");
    const model = at("out", "model.int8.onnx");
    const inspected = await capture([
      "inspect",
      model,
      at("data", "test", "good"),
      "--no-heatmaps",
      "--json",
    ]);
    expect(JSON.parse(inspected.stdout).counts).toMatchObject({ failed: 0 });
  });

  test("measures on labelled images, in JSON too, and replaces a file only by force", async () => {
    const args = ["--precision", "fp16", "--check", at("data"), "--out", at("half.onnx")];
    // Of a model that was trained for two steps any loss may be.
    const { stdout } = await run(...args, "--max-loss", "100", "--json", "--quiet");
    const { model, bytes, check } = JSON.parse(stdout);
    expect(model).toBe(at("half.onnx"));
    expect(bytes.after).toBe((await readFile(model)).length);
    expect(check).toMatchObject({
      imageAuroc: { before: expect.any(Number) },
      pixelAuroc: { after: expect.any(Number) },
    });
    expect(await run(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining("--force") });
    const { code, stdout: text } = await run(...args, "--max-loss", "100", "--force", "--quiet");
    expect(code).toBe(0);
    expect(text).toMatch(/^Image AUROC +\d+\.\d\d before, \d+\.\d\d now$/m);
  });

  test.each([
    [["--precision", "int4"], /int8 or fp16 for --precision but received int4/],
    [["--precision", "int8", "--max-loss", "1"], /--check beside it for --max-loss/],
    [["--precision", "int8", "--check", "x", "--max-loss", "-1"], /from 0 to 100 for --max-loss .* -1/],
    [[], /Expected --precision <name>.* for the form of export but received none/],
  ])("%j is a wrong use", async (args, told) => {
    expect(await run(...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(told) });
  });

  test("a smaller model needs good images", async () => {
    const { code, stderr } = await capture(["export", at("out", "model.onnx"), "--precision", "int8"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--images beside it for --precision/);
  });

  test("never takes the model's own place", async () => {
    const args = ["--precision", "int8", "--out", at("out", "model.onnx"), "--force"];
    expect(await run(...args)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("another file than the model"),
    });
  });
});

describe("forms together", () => {
  /** A model of its own in a new folder, with the files `there` beside it, made half as large and then what `more` asks for. */
  async function half(there: readonly string[], ...more: string[]) {
    await rm(at("forms"), { recursive: true, force: true });
    await mkdir(at("forms"));
    await copyFile(at("out", "model.onnx"), at("forms", "m.onnx"));
    for (const file of there) {
      await mkdir(at("forms", file, ".."), { recursive: true });
      await writeFile(at("forms", file), "kept");
    }
    const args = ["--precision", "fp16", "--images", at("data"), "--threads", "1"];
    return capture(["export", at("forms", "m.onnx"), ...args, ...more]);
  }

  test("are not refused for a file that another form's name would take", async () => {
    const there = ["m.full.onnx", "m.batch.onnx", "repository/m/config.pbtxt"];
    const { code, stderr } = await half(there, "--full", "--batch", "--triton", at("forms", "repository"));
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("--force")]);
    for (const file of there) expect(await readFile(at("forms", file), "utf8")).toBe("kept");
    for (const file of ["m.fp16.full.onnx", "m.fp16.batch.onnx", "repository/m.fp16/config.pbtxt"])
      await access(at("forms", file));
  });

  test.each([
    ["m.fp16.full.onnx", ["--full"], /--force/],
    ["m.fp16.batch.onnx", ["--batch"], /--force/],
    ["repository/m.fp16/config.pbtxt", ["--triton", "FORMS/repository"], /--force/],
    ["m.txt", ["--full", "FORMS/m.onnx", "--force"], /another file than the model/],
    ["m.txt", ["--full", "FORMS/m.fp16.onnx"], /another file than the model/],
    ["m.txt", ["--full", "--batch", "FORMS/m.fp16.full.onnx"], /another file than --full/],
  ])("beside %s, %j is refused before anything is computed", async (there, more, told) => {
    const { code, stderr } = await half([there], ...more.map((word) => word.replace("FORMS", at("forms"))));
    expect([code, stderr]).toEqual([2, expect.stringMatching(told)]);
    await expect(access(at("forms", "m.fp16.onnx"))).rejects.toThrow("ENOENT");
    expect(await readFile(at("forms", there), "utf8")).toBe("kept");
  });
});

describe("for other programs", () => {
  const exported = (...args: string[]) => capture(["export", at("out", "model.onnx"), ...args]);

  test("a full model is inspected as the model itself; a batch stands beside it", async () => {
    const { code, stdout } = await exported("--full", "--batch", at("together.onnx"));
    expect(code).toBe(0);
    expect(stdout).toContain(at("out", "model.full.onnx"));
    const verdicts = async (model: string) => {
      const { stdout } = await capture(["inspect", model, at("data", "test"), "--no-heatmaps", "--json"]);
      return JSON.parse(stdout).images.map(({ score, verdict, pValue }: Inspection) => [
        score,
        verdict,
        pValue,
      ]);
    };
    expect(await verdicts(at("out", "model.full.onnx"))).toEqual(await verdicts(at("out", "model.onnx")));
    await access(at("together.onnx"));
    expect(await exported("--full")).toMatchObject({ code: 2, stderr: expect.stringContaining("--force") });
  });

  test.each([
    [["--full", "--out", "x.onnx"], /--precision beside it for --out/],
    [["--full", "same.onnx", "--batch", "same.onnx"], /another file than --full/],
  ])("refuses %j before anything is written", async (args, told) => {
    expect(await exported(...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(told) });
  });

  test("a model repository has the layout that the server wants", async () => {
    const { stdout } = await exported("--triton", at("repository"), "--json");
    expect(JSON.parse(stdout).triton).toMatchObject({ name: "out" });
    const config = await readFile(at("repository", "out", "config.pbtxt"), "utf8");
    expect(config).toMatch(/^name: "out"\nbackend: "onnxruntime"\nmax_batch_size: 8\n/);
    const named = [...config.matchAll(/name: "(\w+)"\n +data_type: (\w+)\n +dims: \[ (.*) \]/g)];
    expect(named.map(([, ...fields]) => fields)).toEqual([
      ["images", "TYPE_UINT8", "-1, -1, 3"],
      ["anomaly_map", "TYPE_FP32", "-1, -1"],
      ["score", "TYPE_FP32", "1"],
      ["p_value", "TYPE_FP32", "1"],
      ["decision", "TYPE_INT64", "1"],
    ]);
    await access(at("repository", "out", "1", "model.onnx"));
    expect(await exported("--triton", at("repository"))).toMatchObject({ code: 2 });
    expect(await exported("--triton", at("repository"), "--force")).toMatchObject({ code: 0 });
  });
});
