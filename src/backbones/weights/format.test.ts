import { expect, test } from "vitest";
import { formatOf } from "./format.ts";
import { refuser } from "./refuse.ts";

const of = (text: string) => formatOf(Buffer.from(text, "latin1"), refuser("weights"));

test("the formats of weights are told apart by their first bytes", () => {
  expect(of("<\0\0\0\0\0\0\0{")).toBe("safetensors");
  expect(of("PK\x03\x04")).toBe("zip");
  expect(of("\x80\x02\x8a")).toBe("pickle");
});

test.each([
  ["", "an empty file"],
  ["<html>", "a web page"],
  ['{"a": 1}', "JSON"],
  ["version https://git-lfs.github.com/spec/v1", "a pointer of Git LFS, which did not fetch the file itself"],
  ["\x08\x07\x12\x07pytorch", "an ONNX model, which is a backbone of its own"],
  ["\x1c\0\0\0TFL3", "a TFLite model"],
  [`${"a/b\0".padEnd(257, "\0")}ustar\0`, "a tar archive, as PyTorch before 0.1.10 wrote"],
  ["\x89HDF\r\n", "an HDF5 file, as Keras writes"],
  ["\x1f\x8b\x08", "a gzip archive"],
  ["MZ", "something else"],
])("%j is refused for what it seems to be", (text, seems) => {
  expect(() => of(text)).toThrow(
    expect.objectContaining({
      code: "RSAD_BACKBONE_INVALID",
      received: seems,
      hint: expect.stringContaining(".pth"),
    }),
  );
});
