import { add, conv2d, float32, pad, reshape, transpose, type Value } from "../../graph/index.ts";
import type { Weights } from "../weights/weights.ts";
import { resamplePositions } from "./position-embedding.ts";
import type { VitParameters } from "./vit-parameters.ts";

/** Appends the first part of the network to the graph of `image` [N, 3, H, W]; [N * tokens, width], the class token first. */
export type Embedding = (image: Value) => Value;

/** Patches as tokens, a class token before them, and a learned position for each (Dosovitskiy et al. 2021). */
export function readEmbedding(
  weights: Weights,
  parameters: VitParameters,
  width: number,
  patch: number,
): Embedding {
  const side = gridSide(weights);
  const positions = parameters.values("pos_embed", 1, 1 + side ** 2, width);
  const classToken = parameters
    .values("cls_token", 1, 1, width)
    .map((value, channel) => value + positions[channel]!);
  const kernels = float32(parameters.values("patch_embed.proj.weight", width, 3, patch, patch), [
    width,
    3,
    patch,
    patch,
  ]);
  const bias = float32(parameters.values("patch_embed.proj.bias", width), [width]);
  return (image) => {
    const { graph } = image;
    const patches = conv2d(image, graph.constant(kernels), graph.constant(bias), { stride: patch });
    const [batch, , height, wide] = patches.shape as [number | string, number, number, number];
    const tokens = 1 + height * wide;
    const table = new Float32Array(tokens * width);
    table.set(classToken);
    table.set(resamplePositions(positions.subarray(width), side, [height, wide]), width);
    // A row of zeros makes room for the class token; then one addition brings it and all positions.
    const rows = pad(transpose(reshape(patches, [batch, width, tokens - 1]), [0, 2, 1]), 1, 1, 0);
    const placed = add(rows, graph.constant(float32(table, [tokens, width])));
    return reshape(placed, [typeof batch === "string" ? `${batch}*${tokens}` : batch * tokens, width]);
  };
}

/** What DINOv2 was trained with. */
const TRAINED_SIDE = 37;

/**
 * Side of the square of patches whose positions the file holds, behind the class token's. Where the shape is none of
 * the kind, reading it is what fails, with a shape near the one found.
 */
function gridSide(weights: Weights): number {
  const count = weights.shape("pos_embed")?.[1];
  return count === undefined ? TRAINED_SIDE : Math.max(1, Math.round(Math.sqrt(count - 1)));
}
