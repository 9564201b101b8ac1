import { RsadError } from "../errors.ts";

/** What a protobuf file, and so an ONNX model, can hold; some room is left for the backbone. */
const LIMIT = 1.75 * 2 ** 30;

/** Throws RSAD_ARGUMENT_INVALID for learned values of so many bytes that no model file can hold them. */
export function checkModelSize(bytes: number, field: string, hint: string): void {
  if (bytes <= LIMIT) return;
  const gibibytes = (size: number) => `${(size / 2 ** 30).toFixed(2)} GiB`;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: `recipe field ${field}`,
    expected: `a model of at most ${gibibytes(LIMIT)}, what the ONNX format can hold`,
    received: gibibytes(bytes),
    hint,
  });
}
