import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { RsadError } from "../../errors.ts";

const PACKAGE = "@mediapipe/objectron";
const FILE = "objectron_solution_packed_assets.data";
/** The asset file is a concatenation; its loader script in the same package lists the parts and their offsets. */
const START = 184;
const END = 9_987_912;
export const TFLITE_BYTES = END - START;

/** SHA-256 of the TFLite file inside the package's asset file. */
export const TFLITE_SHA256 = "d0a5255bf8c4f5a0bc4240741a76c41d5e939f7655078f945f50ab53a9375da6";

/**
 * The bytes of the TFLite file that the package ships, verified. Throws RSAD_BACKBONE_MISSING where the package or its
 * file is not there, RSAD_BACKBONE_INVALID where the content is another.
 */
export async function readAsset(file = locateAsset()): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw missing(cause);
  });
  const model = bytes.subarray(START, END);
  const sha256 = createHash("sha256").update(model).digest("hex");
  if (sha256 !== TFLITE_SHA256) {
    throw new RsadError("RSAD_BACKBONE_INVALID", {
      subject: `${FILE} of the package ${PACKAGE}`,
      expected: `the SHA-256 ${TFLITE_SHA256}`,
      received: sha256,
      hint: "The file is damaged or of another version. Install the packages again, or name a backbone of your own.",
    });
  }
  return model;
}

/** The package's entry is resolved from here, so it is found wherever a package manager has put it. */
export function locateAsset(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(PACKAGE)), FILE);
  } catch (cause) {
    throw missing(cause);
  }
}

function missing(cause: unknown): RsadError {
  return new RsadError("RSAD_BACKBONE_MISSING", {
    subject: "the embedded backbone",
    expected: `${FILE} of the package ${PACKAGE}`,
    received: (cause as NodeJS.ErrnoException).code ?? String(cause),
    hint: "Install the packages again, or name a backbone of your own.",
    cause,
  });
}
