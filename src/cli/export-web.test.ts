import { readFile } from "node:fs/promises";
import { beforeAll, expect, test, vi } from "vitest";
import type { WebFolderRequest } from "../deployment/index.ts";
import { writeFileAtomic } from "../files.ts";
import { capture } from "./testing/capture.ts";
import { TINY, tinyData } from "./testing/tiny.ts";

const at = tinyData();

// The page is built apart from these sources; a page of one file stands for it.
vi.mock(import("../deployment/index.ts"), async (original) => {
  const room = await original();
  const writeWebFolder = (request: WebFolderRequest) =>
    room.writeWebFolder({ ...request, built: at("built") });
  return { ...room, writeWebFolder };
});

beforeAll(async () => {
  await writeFileAtomic(at("built", "index.html"), "the page");
  expect(await capture(["train", at("data"), "--out", at("out"), ...TINY])).toMatchObject({ code: 0 });
});

test("export --web writes the page and the model, and replaces them only by force", async () => {
  const args = ["export", at("out", "model.onnx"), "--web", at("page dir")];
  const { code, stdout, stderr } = await capture(args);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^Page +.*page dir, 2 files, 1\.\d MB\nNext +serve .* npx serve ".*page dir"\n$/);
  expect(await capture(args)).toMatchObject({ code: 2, stderr: expect.stringContaining("--force") });
  const { stdout: json } = await capture([...args, "--force", "--json"]);
  expect(JSON.parse(json).web).toMatchObject({
    folder: at("page dir"),
    files: [{ name: "model.onnx" }, { name: "index.html", bytes: 8 }],
  });
});

test("with --precision, the page has the smaller model", async () => {
  const args = ["--precision", "fp16", "--images", at("data"), "--web", at("small-page"), "--json"];
  const { code, stdout } = await capture(["export", at("out", "model.onnx"), ...args]);
  expect(code).toBe(0);
  const { model, web } = JSON.parse(stdout);
  expect(web.folder).toBe(at("small-page"));
  expect(await readFile(at("small-page", "model.onnx"))).toEqual(await readFile(model));
});

test("a page with an int8 model says how far browsers are from here, or what says so", async () => {
  const args = ["--precision", "int8", "--images", at("data"), "--web", at("integer-page"), "--quiet"];
  const { code, stderr } = await capture(["export", at("out", "model.onnx"), ...args]);
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /^int8: a browser rounds otherwise .*scores by up to [\d.e-]+ standard deviations .*\(6 images, \d/m,
  );
  const alone = await capture(["export", at("out", "model.int8.onnx"), "--web", at("again"), "--quiet"]);
  expect(alone).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/^int8: .* rsad verify .*model\.int8\.onnx IMAGE\.\.\. says/),
  });
});

test("wrong options of one form are told before another one is made", async () => {
  await writeFileAtomic(at("full", "file.txt"), "here");
  const out = ["--out", at("never.onnx")];
  const args = ["--precision", "int8", "--images", at("data"), ...out, "--web", at("full")];
  const { code, stderr } = await capture(["export", at("out", "model.onnx"), ...args]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("a folder that is empty or not there yet")]);
  await expect(readFile(at("never.onnx"))).rejects.toThrow(/ENOENT/);
});
