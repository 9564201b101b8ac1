import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { shellWord } from "./shell-word.ts";

test.each(["rsad-bottle/model.onnx", "Prüfung/モデル.onnx", "C:\\parts\\m.onnx"])(
  "%s stays as it is",
  (path) => {
    expect(shellWord(path)).toBe(path);
  },
);

test("what has a space is quoted", () => {
  expect(shellWord("my parts/m.onnx")).toBe('"my parts/m.onnx"');
});

test
  .skipIf(process.platform === "win32")
  .each(["a b", "a&b", "(1)", "it's", "5$HOME", 'a"b', "`id`", "a;b*?", "$x'y"])(
  "a shell reads %s as it is",
  (path) => {
    expect(execFileSync("sh", ["-c", `printf %s ${shellWord(path)}`], { encoding: "utf8" })).toBe(path);
  },
);
