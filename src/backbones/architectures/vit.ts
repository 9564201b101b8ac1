import { RsadError } from "../../errors.ts";
import { type Dimension, reshape, slice, transpose } from "../../graph/index.ts";
import type { Weights } from "../weights/weights.ts";
import type { Architecture } from "./architecture.ts";
import { readBlock } from "./vit-block.ts";
import { readEmbedding } from "./vit-embedding.ts";
import { VitParameters } from "./vit-parameters.ts";

/** What tells one DINOv2 network from another. */
export interface DinoV2Config {
  readonly name: string;
  /** Channels of a token. */
  readonly width: number;
  /** Attention heads; they share the channels equally. */
  readonly heads: number;
  /** Blocks, each of which can be tapped. */
  readonly depth: number;
  /** Side of the square of pixels that becomes a token. */
  readonly patch: number;
  readonly defaultTaps: readonly string[];
}

/**
 * A vision transformer as DINOv2 trains them (Oquab et al., "DINOv2: Learning robust visual features without
 * supervision", 2024; without registers), with the parameter names that the original release and timm share. Tap
 * "blocks.i" is what block i gives for the image's patches, [N, width, H / patch, W / patch], before the final norm. The
 * position embedding is resampled to the size of the image as timm does it.
 */
export function dinov2(config: DinoV2Config): Architecture {
  const { name, width, heads, depth, patch, defaultTaps } = config;
  const all = Array.from({ length: depth }, (_, i) => `blocks.${i}`);
  return {
    name,
    taps: all,
    defaultTaps,
    channelsOf: () => width,
    multiple: patch,
    load(weights, taps) {
      refuseRegisters(weights);
      const parameters = new VitParameters(weights);
      const embed = readEmbedding(weights, parameters, width, patch);
      const needed = all.slice(0, Math.max(...taps.map((tap) => all.indexOf(tap))) + 1);
      const blocks = needed.map((block) => readBlock(parameters, block, width, heads));
      return {
        parameters: parameters.count,
        build(image) {
          const [batch, , height, wide] = image.shape as [Dimension, number, number, number];
          const grid = [height / patch, wide / patch] as const;
          const tokens = 1 + grid[0] * grid[1];
          let x = embed(image);
          const outputs = blocks.map((block) => {
            x = block(x, { batch, tokens });
            return x;
          });
          return taps.map((tap) => {
            const sequence = reshape(outputs[all.indexOf(tap)]!, [batch, tokens, width]);
            const patches = slice(sequence, 1, 1, tokens);
            return reshape(transpose(patches, [0, 2, 1]), [batch, width, ...grid]);
          });
        },
      };
    },
  };
}

/** A network with registers has the same tensors and some more, and means another thing by them. */
function refuseRegisters(weights: Weights): void {
  const register = ["reg_token", "register_tokens"].find((name) => weights.shape(name) !== undefined);
  if (register === undefined) return;
  throw new RsadError("RSAD_BACKBONE_INVALID", {
    subject: "the tensors of the weight file",
    expected: "a DINOv2 network without registers",
    received: register,
    hint: "Take the weights of the variant without registers, whose names hold no reg4.",
  });
}

const COMMON = { depth: 12, patch: 14, defaultTaps: ["blocks.5", "blocks.8"] };

export const DINOV2: readonly Architecture[] = [
  dinov2({ name: "vit_small_patch14_dinov2", width: 384, heads: 6, ...COMMON }),
  dinov2({ name: "vit_base_patch14_dinov2", width: 768, heads: 12, ...COMMON }),
];
