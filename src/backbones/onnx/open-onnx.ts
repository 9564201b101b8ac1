import { createHash } from "node:crypto";
import { parse } from "node:path";
import { importPart, type ModelPart, onnx } from "../../graph/index.ts";
import type { Backbone } from "../backbone.ts";
import { checkHash } from "../check-hash.ts";
import { buildWith } from "../normalisation.ts";
import { readBackboneFile } from "../read-file.ts";
import type { OnnxBackboneSpec } from "../spec.ts";
import { cut } from "./cut.ts";
import { invalidFile } from "./invalid-file.ts";
import { measureTaps } from "./measure.ts";
import { readModel } from "./read-model.ts";

/** A model that embeds the backbone has to stay below protobuf's 2 GiB. */
const LARGEST = 2 ** 30;

const { FLOAT, FLOAT16, BFLOAT16, DOUBLE } = onnx.TensorProto.DataType;
const REAL: ReadonlySet<number> = new Set([FLOAT, FLOAT16, BFLOAT16, DOUBLE]);

/** A backbone from an ONNX file, cut behind the last tap. Throws RSAD_BACKBONE_MISSING, RSAD_BACKBONE_INVALID. */
export async function openOnnx(spec: OnnxBackboneSpec, size: number): Promise<Backbone> {
  const { base, name } = parse(spec.file);
  const { part, opset, sha256 } = await readPart(spec);
  const taps = await measureTaps(part, opset, size, spec.file);
  return {
    name: spec.name ?? name,
    source: spec.source ?? base,
    licence: spec.licence ?? "not stated",
    ...(spec.notice !== undefined && { notice: spec.notice }),
    sha256,
    taps,
    parameters: countWeights(part),
    size,
    build: buildWith(size, spec.normalisation, (image) => [
      ...importPart(
        image.graph,
        part,
        [image],
        taps.map(({ channels, height, width }) => ({
          dtype: "float32",
          shape: [image.shape[0]!, channels, height, width],
        })),
      ),
    ]),
  };
}

/** Values of the part's stored tensors of real numbers; a single one is a setting, such as a limit, not a weight. */
function countWeights({ initializers }: ModelPart): number {
  return initializers
    .filter(({ dims = [], dataType }) => REAL.has(dataType ?? 0) && dims!.length > 0)
    .reduce((sum, { dims }) => sum + dims!.reduce<number>((product, dim) => product * Number(dim), 1), 0);
}

/** Reads the part of a file that the taps need, without running it. Throws as {@link openOnnx} does. */
export async function readPart(
  spec: OnnxBackboneSpec,
): Promise<{ part: ModelPart; opset: number; sha256: string }> {
  const { model, sha256 } = await readFile(spec);
  return { part: cut(model, spec.taps, spec.file), opset: model.opset, sha256 };
}

/** The tensors that a file computes, all of which can be taps. Throws as {@link openOnnx} does. */
export async function computedTensors(spec: OnnxBackboneSpec): Promise<readonly string[]> {
  const { model } = await readFile(spec);
  return model.graph.node!.flatMap(({ output }) => output ?? []).filter((name) => name !== "");
}

/** Throws RSAD_BACKBONE_INVALID for a file that is no ONNX model, and what reading it throws. */
export async function checkOnnx(file: string): Promise<void> {
  readModel(await readBytes(file), file);
}

function readBytes(file: string): Promise<Buffer> {
  return readBackboneFile(file, { expected: "an ONNX file", largest: LARGEST, invalid: invalidFile });
}

async function readFile({ file, sha256: wanted }: OnnxBackboneSpec) {
  const bytes = await readBytes(file);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  checkHash(file, wanted, sha256);
  return { model: readModel(bytes, file), sha256 };
}
