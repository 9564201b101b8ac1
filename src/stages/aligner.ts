import { add, matmul } from "../graph/index.ts";
import type { StageContext } from "./context.ts";
import type { PatchFeatures } from "./extractor.ts";
import { uniformByFanIn, xavierNormal } from "./initializer.ts";
import { type MonaOptions, mona } from "./mona.ts";

/** The three aligners that the paper's Table 5 compares. `depth` puts that many Monas in series; `bias` is SimpleNet's. */
export type AlignerOptions =
  | ({ readonly kind: "mona"; readonly depth: number } & MonaOptions)
  | { readonly kind: "linear"; readonly bias?: boolean }
  | { readonly kind: "none" };

/** Stage 2: moves patch features towards the domain of the inspected parts (Eq. 5); the shape stays. */
export function align(
  context: StageContext,
  features: PatchFeatures,
  options: AlignerOptions,
): PatchFeatures {
  switch (options.kind) {
    case "none":
      return features;
    case "linear": {
      const channels = features.rows.shape[1] as number;
      const weight = context.parameter("aligner.linear.weight", [channels, channels], xavierNormal);
      const product = matmul(features.rows, weight);
      if (!options.bias) return { ...features, rows: product };
      const bias = context.parameter("aligner.linear.bias", [channels], uniformByFanIn(channels));
      return { ...features, rows: add(product, bias) };
    }
    case "mona":
      return Array.from({ length: options.depth }).reduce<PatchFeatures>(
        (aligned, _, i) => mona(context, `aligner.mona${i}`, aligned, options),
        features,
      );
  }
}
