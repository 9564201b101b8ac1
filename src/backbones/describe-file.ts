import { stat } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import { RsadError } from "../errors.ts";
import { fileError } from "../files.ts";
import { hashFile } from "../hash-file.ts";
import { ARCHITECTURES } from "./architectures/index.ts";
import { type BackboneFlags, normalisationFlags, tapsFlag } from "./flags.ts";
import { missingFile } from "./missing-file.ts";
import { IMAGENET_NORMALISATION } from "./normalisation.ts";
import { checkOnnx } from "./onnx/index.ts";
import { describeKnown, findByHash, type KnownWeights, termsOf } from "./registry/known-weights.ts";
import { readSidecar, type Sidecar } from "./sidecar.ts";
import {
  type OnnxBackboneSpec,
  onnxBackboneSchema,
  type WeightsBackboneSpec,
  weightsBackboneSchema,
} from "./spec.ts";
import { validate } from "./validate.ts";
import { startsLikeWeights } from "./weights/index.ts";

/** The usual endings: a file of such a name that holds something else is told so by the reader of weights. */
const WEIGHTS = /\.(pth|pt|bin|safetensors)$/i;

export function isOnnx(file: string): boolean {
  return /\.onnx$/i.test(file);
}

/**
 * What is known of a file: by the JSON file of the same name beside it, or the JSON that `value` itself is, by the flags,
 * which go first, and for weights by their hash. Throws RSAD_ARGUMENT_INVALID, RSAD_BACKBONE_MISSING,
 * RSAD_BACKBONE_INVALID.
 */
export async function describeFile(
  value: string,
  flags: BackboneFlags,
  known: readonly KnownWeights[],
): Promise<OnnxBackboneSpec | WeightsBackboneSpec> {
  const { file, sidecar } = await readDescription(value);
  const architectureSaid = flags.architecture ?? sidecar.architecture;
  const isWeights = file !== undefined && (await holdsWeights(file, architectureSaid));
  if (file !== undefined) await checkThere(file, isWeights ? "a file of weights" : "an ONNX file");
  const normalisation = { ...sidecar.normalisation, ...normalisationFlags(flags) };
  const said = { ...sidecar, ...tapsFlag(flags), file };
  if (!isWeights) {
    if (flags.architecture !== undefined) throw superfluousArchitecture(value, flags.architecture);
    // What is no network is told so before it is asked to be described.
    if (file !== undefined && !isOnnx(file)) await checkOnnx(file);
    return validate(onnxBackboneSchema, { ...said, kind: "onnx", normalisation }, `the backbone ${value}`);
  }
  const sha256 = await hashFile(file);
  const recognised = findByHash(known, sha256);
  const architecture = architectureSaid ?? recognised?.architecture;
  if (architecture === undefined) throw unknownArchitecture(file, sha256);
  const spec = {
    sha256,
    ...(recognised !== undefined && describeKnown(recognised)),
    ...said,
    ...(recognised !== undefined && termsOf(recognised)),
    kind: "weights",
    architecture,
    ...(Object.keys(normalisation).length > 0 && {
      normalisation: { ...IMAGENET_NORMALISATION, ...normalisation },
    }),
  };
  return validate(weightsBackboneSchema, spec, `the backbone ${value}`);
}

/** The file that `value` names, itself or as a JSON file in its field `file`, and what a JSON file says of it. */
export async function readDescription(
  value: string,
): Promise<{ file: string | undefined; sidecar: Sidecar }> {
  const described = extname(value).toLowerCase() === ".json";
  const path = described ? value : `${value.slice(0, value.length - extname(value).length)}.json`;
  const sidecar = await readSidecar(path, described);
  // A JSON that stands beside the file may name it, too; the file that the user named is the one.
  return { file: described ? sidecar.file && resolve(dirname(path), sidecar.file) : value, sidecar };
}

/**
 * By its content or its ending; else a file for which an architecture is named is taken for weights, unless its ending
 * says ONNX.
 */
async function holdsWeights(file: string, architecture: string | undefined): Promise<boolean> {
  if (WEIGHTS.test(file) || (architecture !== undefined && !isOnnx(file))) return true;
  return startsLikeWeights(file);
}

/** Before anything is said of what is missing in its description. */
export async function checkThere(file: string, expected: string): Promise<void> {
  const entry = await stat(file).catch((cause) => {
    const error = fileError(cause, file);
    if (!(error instanceof RsadError) || error.code !== "RSAD_FILE_MISSING") throw error;
    throw missingFile(expected, `${file}, where there is none`, cause);
  });
  if (entry.isDirectory()) throw missingFile(expected, `${file}, which is a folder`);
}

function unknownArchitecture(file: string, sha256: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: `the architecture of ${file}`,
    expected: `one of ${ARCHITECTURES.map(({ name }) => name).join(", ")}`,
    received: `nothing; the SHA-256 ${sha256} is of no weights that are known`,
    hint: "Say which network the weights belong to, for example --architecture resnet18.",
  });
}

export function superfluousArchitecture(value: string, received: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "--architecture",
    expected: `no architecture for ${value}, which brings its own,`,
    received,
    hint: "Leave it out: it belongs to a file of weights.",
  });
}
