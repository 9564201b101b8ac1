import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { capture, Memory } from "./testing/capture.ts";
import { tinyModel } from "./testing/tiny-model.ts";

const at = tinyModel();

test.each([
  [
    "evaluate",
    () => [at("data"), "--out", at("report")],
    "No report is written; run the same command again.",
  ],
  [
    "inspect",
    () => [at("data", "test"), "--out", at("pictures"), "--coco", at("coco.json")],
    "The rest was not inspected, and no COCO file is written; run the same command again.",
  ],
  [
    "calibrate",
    () => [at("data", "test", "good"), "--out", at("new.onnx")],
    "No model is written; run the same command again.",
  ],
  [
    "verify",
    () => [at("data", "test", "good")],
    "Nothing is written, and nothing decided; run the same command again.",
  ],
  [
    "export",
    () => ["--precision", "fp16", "--images", at("data")],
    "No smaller model is written; run the same command again.",
  ],
  ["doctor", () => [at("data")], "Nothing is changed; run the same command again."],
  [
    "doctor",
    () => [at("data"), "--suspects", "--out", at("suspects")],
    "Nothing is changed; run the same command again.",
  ],
])("%s says what an interruption leaves, and leaves nothing else", async (command, args, told) => {
  const before = await readdir(at());
  const interrupt = new AbortController();
  const stderr = new Memory();
  const model = command === "doctor" ? [] : [at("model.onnx")];
  // The first line is of progress.
  stderr.on("line", () => interrupt.abort());
  const { code } = await capture([command, ...model, ...args()], {
    signal: interrupt.signal,
    stderr,
  });
  expect(code).toBe(130);
  expect(stderr.text.trimEnd().split("\n").at(-1)).toBe(`Interrupted. ${told}`);
  expect(await readdir(at())).toEqual(before);
});
