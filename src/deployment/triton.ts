import { join } from "node:path";
import { RsadError } from "../errors.ts";
import { checkFields, type Fields } from "../fields.ts";
import { type FileSource, withWritableFolder, writeFileAtomic } from "../files.ts";
import { BATCH_INPUT, withDigest } from "../model/index.ts";
import { batchModel } from "./batch-model.ts";
import { readFull } from "./write-model.ts";

/** The most images that the server may put together. */
export const TRITON_BATCH = 8;

export interface TritonRequest {
  /** A trained model: its file, or the file's bytes. */
  readonly model: FileSource;
  /** The model repository: the folder that the server is started with. */
  readonly output: string;
  /** What clients call the model. */
  readonly name: string;
}

const FIELDS: Fields<TritonRequest> = { model: "source", output: "path", name: "text" };

/**
 * Writes a model for NVIDIA's Triton Inference Server: `<repository>/<name>/config.pbtxt` and `1/model.onnx` beside it. The server adds the
 * batch's axis itself, so clients send images of one size as [n, height, width, 3] and get map, score, p-value and decision of each.
 * Returns the files written. Throws as {@link writeFullModel}, and RSAD_ARGUMENT_INVALID for a name that is no
 * folder's.
 */
export async function writeTritonRepository(request: TritonRequest): Promise<string[]> {
  checkFields("writeTritonRepository", request, FIELDS);
  const { model, output, name } = request;
  if (!/^[\w.-]+$/.test(name) || /^\.+$/.test(name)) throw invalidName(name);
  const bytes = await withDigest(batchModel(await readFull(model)));
  const folder = join(output, name);
  const version = join(folder, "1");
  const files = [join(version, "model.onnx"), join(folder, "config.pbtxt")];
  await withWritableFolder(version, async () => {
    await writeFileAtomic(files[0]!, bytes);
    await writeFileAtomic(files[1]!, config(name));
  });
  return files;
}

/** Scalars have one axis in a configuration, which `reshape` takes away. */
function config(name: string): string {
  const scalar = (output: string, type: string) =>
    `  {\n    name: "${output}"\n    data_type: ${type}\n    dims: [ 1 ]\n    reshape: { shape: [ ] }\n  }`;
  return `name: "${name}"
backend: "onnxruntime"
max_batch_size: ${TRITON_BATCH}
input [
  {
    name: "${BATCH_INPUT}"
    data_type: TYPE_UINT8
    dims: [ -1, -1, 3 ]
  }
]
output [
  {
    name: "anomaly_map"
    data_type: TYPE_FP32
    dims: [ -1, -1 ]
  },
${[scalar("score", "TYPE_FP32"), scalar("p_value", "TYPE_FP32"), scalar("decision", "TYPE_INT64")].join(",\n")}
]
dynamic_batching { }
`;
}

function invalidName(name: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "the model's name",
    expected: "letters, digits, '_', '-' and '.'",
    received: name,
    hint: "It is a folder's name, and what clients call the model.",
  });
}
