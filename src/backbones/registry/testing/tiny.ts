import { createHash } from "node:crypto";
import { vi } from "vitest";
import { conv2d, float32 } from "../../../graph/index.ts";
import { Random } from "../../../random.ts";
import type { Architecture } from "../../architectures/architecture.ts";
import { IMAGENET_NORMALISATION } from "../../normalisation.ts";
import type { KnownFile, KnownWeights } from "../known-weights.ts";

/** A network of one convolution, `weight` [4, 3, 2, 2], in patches of 2 pixels. */
export const TINY: Architecture = {
  name: "tiny",
  taps: ["out", "same"],
  defaultTaps: ["out"],
  channelsOf: () => 4,
  multiple: 2,
  load(weights, taps) {
    const weight = float32(weights.tensor("weight", [4, 3, 2, 2]), [4, 3, 2, 2]);
    return {
      parameters: 48,
      build: (image) => {
        const { graph } = image;
        const bias = graph.constant(float32(new Float32Array(4), [4]));
        const y = conv2d(image, graph.constant(weight), bias, { stride: 2 });
        return taps.map(() => y);
      },
    };
  },
};

/** A network that needs one small tensor of the files that PyTorch wrote for the tests of weights. */
export const BIAS: Architecture = {
  ...TINY,
  name: "bias",
  load(weights, taps) {
    weights.tensor("norm.bias", [3]);
    return { parameters: 3, build: (image) => taps.map(() => image) };
  },
};

/** A safetensors file for {@link TINY}, another one for each seed, made `size` bytes long by a tensor that nobody needs. */
export function tinyFile(seed: number, size = 2000): Uint8Array {
  const values = new Random(seed, "weight").fillNormal(new Float32Array(48));
  const rest = size - 8 - 200 - 192;
  const header = JSON.stringify({
    weight: { dtype: "F32", shape: [4, 3, 2, 2], data_offsets: [0, 192] },
    padding: { dtype: "U8", shape: [rest], data_offsets: [192, 192 + rest] },
  }).padEnd(200);
  const file = Buffer.alloc(size);
  file.writeBigUInt64LE(200n);
  file.write(header, 8);
  Buffer.from(values.buffer).copy(file, 208);
  return new Uint8Array(file);
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export function knownFile(bytes: Uint8Array, url: string): KnownFile {
  return { url, size: { bytes: bytes.length }, sha256: sha256Of(bytes) };
}

export function knownWeights(name: string, ...files: [KnownFile, ...KnownFile[]]): KnownWeights {
  return {
    name,
    architecture: "tiny",
    trainedOn: "nothing",
    source: "a test",
    licence: "CC0-1.0",
    notice: "For tests alone.",
    normalisation: IMAGENET_NORMALISATION,
    files,
  };
}

/** The variables that would send a test's requests elsewhere. */
export function withoutProxies(): void {
  for (const name of ["http_proxy", "https_proxy", "no_proxy"]) {
    vi.stubEnv(name, "");
    vi.stubEnv(name.toUpperCase(), "");
  }
}
