import { join } from "node:path";
import { besideModel } from "../detectors/index.ts";
import { RsadError } from "../errors.ts";
import { exists } from "../files.ts";

/** Where a training run keeps things in its output folder. */
export interface OutputFolder {
  readonly modelPath: string;
  readonly stateDir: string;
  /** Whether the state of an interrupted run is there. */
  readonly interrupted: boolean;
}

/**
 * The places in an output folder, once it is sure that nothing in it is replaced unasked. Throws RSAD_ARGUMENT_INVALID
 * where a finished model or an interrupted run is there and neither `force` nor `resume` says what to do with it, or
 * both do.
 */
export async function checkOutput(
  folder: string,
  { force, resume }: { readonly force?: boolean; readonly resume?: boolean },
): Promise<OutputFolder> {
  const modelPath = join(folder, "model.onnx");
  const { stateDir } = besideModel(modelPath);
  const interrupted = await exists(stateDir);
  if (force && resume) {
    throw occupied("--force", "one of --force and --resume", "both", "Leave one out: --force starts anew.");
  }
  if (!force && !resume && interrupted) {
    throw occupied(
      "--out",
      "a folder without an interrupted run",
      stateDir,
      "Go on with it by --resume, or start anew with --force.",
    );
  }
  if (!force && !interrupted && (await exists(modelPath))) {
    throw occupied(
      "--out",
      "a folder without a finished model",
      modelPath,
      "Choose another --out, or replace the model with --force.",
    );
  }
  return { modelPath, stateDir, interrupted };
}

function occupied(subject: string, expected: string, received: string, hint: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", { subject, expected, received, hint });
}
