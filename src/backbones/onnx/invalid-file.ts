import { RsadError } from "../../errors.ts";

export function invalidFile(file: string, expected: string, received: unknown, cause?: unknown): RsadError {
  return new RsadError("RSAD_BACKBONE_INVALID", {
    subject: file,
    expected,
    received,
    hint:
      "A backbone is a complete ONNX file with one float input [N, 3, H, W] and standard operators, " +
      "of which the named taps are tensors.",
    cause,
  });
}
