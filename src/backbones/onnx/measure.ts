import { float32, type ModelPart, nodeRuntime, OPSET, onnx, type Tensor } from "../../graph/index.ts";
import { cellGrid } from "../../pixels/index.ts";
import { Random } from "../../random.ts";
import type { Tap } from "../backbone.ts";
import { invalidFile } from "./invalid-file.ts";

/** Two images, so that a model made for one image at a time is found out. */
const BATCH = 2;

/**
 * The taps' shapes for square images of `size` pixels, measured by a run on noise. Where the file's operators are of
 * another version than the graph they are moved to, a second run under their own version has to give the same values:
 * that is what tells whether the move changes them. Throws RSAD_BACKBONE_INVALID where it does, where the runtime refuses
 * the part, or where a tap is no feature map.
 */
export async function measureTaps(
  part: ModelPart,
  opset: number,
  size: number,
  file: string,
): Promise<Tap[]> {
  const data = Float32Array.from({ length: BATCH * 3 * size * size });
  const noise = float32(new Random(0, "backbone").fillNormal(data), [BATCH, 3, size, size]);
  const moved = await run(part, OPSET, noise, file);
  if (opset !== OPSET) {
    const original = await run(part, opset, noise, file);
    for (const name of part.outputs) {
      const difference = relativeDifference(original[name]!, moved[name]!);
      if (!(difference < 1e-4)) {
        throw invalidFile(
          file,
          `operators that mean the same in version ${OPSET} of ONNX's operator set`,
          `version ${opset}, whose "${name}" differs by ${difference}`,
        );
      }
    }
  }
  return part.outputs.map((name) => toTap(name, moved[name]!, file));
}

function toTap(name: string, { dtype, dims }: Tensor, file: string): Tap {
  const [batch, channels = 0, height = 0, width = 0] = dims;
  if (dtype !== "float32" || dims.length !== 4 || batch !== BATCH || channels * height * width === 0) {
    throw invalidFile(
      file,
      `a feature map [N, C, h, w] as the tap "${name}"`,
      `${dtype} [${dims}] for N = ${BATCH}`,
    );
  }
  return { name, channels, height, width, grid: cellGrid(height, width) };
}

async function run(part: ModelPart, opset: number, image: Tensor, file: string) {
  const input = part.inputs[0]!;
  const elemType = onnx.TensorProto.DataType.FLOAT;
  const dim = ["N", "C", "H", "W"].map((dimParam) => ({ dimParam }));
  const model = onnx.ModelProto.encode({
    irVersion: 8,
    opsetImport: [{ domain: "", version: opset }],
    graph: {
      name: "backbone",
      node: [...part.nodes],
      initializer: [...part.initializers],
      input: [{ name: input, type: { tensorType: { elemType, shape: { dim } } } }],
      output: part.outputs.map((name) => ({ name })),
    },
  }).finish();
  try {
    const session = await nodeRuntime().open(model);
    try {
      return await session.run({ [input]: image });
    } finally {
      await session.close();
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw invalidFile(file, `a network that runs on images of ${image.dims[3]} pixels`, reason, cause);
  }
}

/** Largest absolute difference, relative to the largest value; infinite where the shapes differ. */
function relativeDifference(a: Tensor, b: Tensor): number {
  if (a.dtype !== "float32" || b.dtype !== "float32") return a.dtype === b.dtype ? 0 : Infinity;
  if (a.dims.join() !== b.dims.join()) return Infinity;
  let scale = Number.MIN_VALUE;
  let difference = 0;
  const [left, right] = [a.data as Float32Array, b.data as Float32Array];
  for (let i = 0; i < left.length; i++) {
    scale = Math.max(scale, Math.abs(left[i]!));
    difference = Math.max(difference, Math.abs(left[i]! - right[i]!));
  }
  return difference / scale;
}
