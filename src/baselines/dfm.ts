import { type FitRequest, type Fitted, patchCovariance, principalComponents } from "../features/index.ts";
import type { DfmRecipe } from "../recipes/index.ts";
import { dfmHead } from "./dfm-head.ts";

/**
 * Deep feature modelling by reconstruction error (Ahuja et al., 2019), patch by patch: principal components of all training
 * patches; nothing in it is random. Throws the signal's reason after an abort.
 */
export async function fitDfm(request: FitRequest<DfmRecipe>): Promise<Fitted> {
  const { mean, matrix } = await patchCovariance(request);
  request.onProgress?.({ phase: "components", done: 0, total: 1 });
  const basis = principalComponents(matrix, mean.length, request.recipe.variance);
  request.onProgress?.({ phase: "components", done: 1, total: 1 });
  return {
    head: dfmHead({ mean: Float32Array.from(mean), basis }),
    facts: { components: basis.length / mean.length },
  };
}
