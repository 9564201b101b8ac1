import { RsadError } from "../errors.ts";
import type { ReadSource } from "../files.ts";
import { onnx } from "../graph/index.ts";
import { decides, type ModelMetadata } from "../model/index.ts";

const HINT = "Calibrate in tiles the model that rsad train wrote: rsad calibrate MODEL DIR --tile SIZE.";

/**
 * Throws RSAD_ARGUMENT_INVALID for a form of a model that cannot have tiles: the full one, whose graph would decide of each tile by the thresholds of
 * whole images, and int8 and fp16, which were measured on whole images.
 */
export function checkForTiles({ bytes, subject }: ReadSource, { precision }: ModelMetadata): void {
  if (decides(onnx.ModelProto.decode(bytes))) {
    throw noTiles(
      subject,
      "a model that does not decide by itself, to be cut into tiles",
      "one in the full form, whose graph decides of whatever it sees",
    );
  }
  if (precision !== undefined) {
    throw noTiles(
      subject,
      "a model in float32, to be cut into tiles",
      `one in ${precision.weights}, which was measured on whole images`,
    );
  }
}

function noTiles(subject: string, expected: string, received: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", { subject, expected, received, hint: HINT });
}
