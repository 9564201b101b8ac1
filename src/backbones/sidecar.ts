import { readFile } from "node:fs/promises";
import { z } from "zod";
import { RsadError } from "../errors.ts";
import { fileError } from "../files.ts";
import { missingFile } from "./missing-file.ts";
import { onnxBackboneSchema } from "./spec.ts";
import { validate } from "./validate.ts";

/** The JSON file that describes a backbone; `file` is relative to it. */
const sidecarSchema = onnxBackboneSchema
  .omit({ kind: true })
  .partial()
  .extend({
    architecture: z.string().min(1).optional(),
    normalisation: onnxBackboneSchema.shape.normalisation.unwrap().partial().optional(),
  });

export type Sidecar = z.infer<typeof sidecarSchema>;

/** Empty where there is none and none is `required`. Throws RSAD_BACKBONE_MISSING, RSAD_BACKBONE_INVALID, RSAD_ARGUMENT_INVALID. */
export async function readSidecar(path: string, required: boolean): Promise<Sidecar> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    const error = fileError(cause, path);
    if (!(error instanceof RsadError) || error.code !== "RSAD_FILE_MISSING") throw error;
    if (!required) return {};
    throw missingFile("a JSON file", `${path}, where there is none`, cause);
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
