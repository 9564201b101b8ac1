import { RsadError } from "../errors.ts";

export function missingFile(expected: string, received: string, cause?: unknown): RsadError {
  return new RsadError("RSAD_BACKBONE_MISSING", {
    subject: "the backbone",
    expected,
    received,
    hint: "Check the path. `rsad backbones list` shows what can be named without one.",
    cause,
  });
}
