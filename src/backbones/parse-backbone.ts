import { access, readFile } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import type { z } from "zod";
import { RsadError } from "../errors.ts";
import { fileError } from "../files.ts";
import { type BackboneSpec, onnxBackboneSchema } from "./spec.ts";
import { validate } from "./validate.ts";

/** A backbone's options as a command line has them: lists are separated by commas. */
export interface BackboneFlags {
  readonly taps?: string | undefined;
  readonly channels?: string | undefined;
  readonly scale?: string | undefined;
  readonly mean?: string | undefined;
  readonly std?: string | undefined;
}

/** The JSON file that describes a backbone; `file` is relative to it. */
const sidecarSchema = onnxBackboneSchema
  .omit({ kind: true })
  .partial()
  .extend({ normalisation: onnxBackboneSchema.shape.normalisation.unwrap().partial().optional() });
type Sidecar = z.infer<typeof sidecarSchema>;

/**
 * What a user says of a backbone as a specification. `value` is an ONNX file, described by a JSON file of the same name
 * beside it (`net.onnx`, `net.json`), or such a JSON file with the field `file`; a flag takes the place of the JSON's
 * field. undefined stands for the embedded backbone, which has no options. Throws RSAD_ARGUMENT_INVALID,
 * RSAD_BACKBONE_MISSING, RSAD_BACKBONE_INVALID (JSON that cannot be read).
 *
 * @example
 * await parseBackbone("resnet50.onnx", {
 *   taps: "layer2,layer3", channels: "bgr", scale: "1", mean: "103.939,116.779,123.68", std: "1,1,1",
 * });
 */
export async function parseBackbone(value?: string, flags: BackboneFlags = {}): Promise<BackboneSpec> {
  if (value === undefined) {
    const given = Object.entries(flags).find(([, flag]) => flag !== undefined);
    if (given === undefined) return { kind: "embedded" };
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject: given[0],
      expected: "no option of a backbone without a backbone",
      received: given[1],
      hint: "Name the ONNX file too, or leave the option out: the embedded backbone brings its own.",
    });
  }
  const described = extname(value).toLowerCase() === ".json";
  const path = described ? value : `${value.slice(0, value.length - extname(value).length)}.json`;
  const sidecar = await readSidecar(path, described);
  const { file, normalisation, ...rest } = sidecar;
  const spec = {
    ...rest,
    kind: "onnx",
    // A JSON that stands beside the file may name it, too; the file that the user named is the one.
    file: described ? file && resolve(dirname(path), file) : value,
    ...withoutUndefined({ taps: flags.taps?.split(",") }),
    normalisation: {
      ...normalisation,
      ...withoutUndefined({
        channels: flags.channels,
        scale: number(flags.scale),
        mean: flags.mean?.split(",").map(number),
        std: flags.std?.split(",").map(number),
      }),
    },
  };
  if (typeof spec.file === "string") await checkThere(spec.file);
  return validate(onnxBackboneSchema, spec, `the backbone ${value}`);
}

/** Before anything is said of what is missing in its description. */
async function checkThere(file: string): Promise<void> {
  await access(file).catch((cause) => {
    const error = fileError(cause, file);
    if (error.code !== "RSAD_FILE_MISSING") throw error;
    throw missing("an ONNX file", file, cause);
  });
}

async function readSidecar(path: string, required: boolean): Promise<Sidecar> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    const error = fileError(cause, path);
    if (error.code !== "RSAD_FILE_MISSING") throw error;
    if (!required) return {};
    throw missing("a JSON file", path, cause);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new RsadError("RSAD_BACKBONE_INVALID", {
      subject: path,
      expected: "JSON",
      received: cause instanceof Error ? cause.message : String(cause),
      hint: "Mend the file, or give taps and normalisation as options.",
      cause,
    });
  }
  return validate(sidecarSchema, json, path);
}

function missing(expected: string, path: string, cause: unknown): RsadError {
  return new RsadError("RSAD_BACKBONE_MISSING", {
    subject: "the backbone",
    expected,
    received: `${path}, where there is none`,
    hint: "Check the path, or leave the option out to use the embedded backbone.",
    cause,
  });
}

/** NaN, which no schema accepts, for a text that is no number. */
function number(text: string | undefined): number | undefined {
  return text === undefined ? undefined : text.trim() === "" ? Number.NaN : Number(text);
}

function withoutUndefined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== undefined));
}
