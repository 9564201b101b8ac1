import { createHash } from "node:crypto";
import { type FitRequest, gridsOf } from "../features/index.ts";
import { VERSION } from "../version.ts";

/** What the state after a step depends on: the features, the choices, and how this version draws and computes. */
export function runKey({
  store,
  images,
  held,
  recipe,
  seed,
}: Pick<FitRequest<unknown>, "store" | "images" | "held" | "recipe" | "seed">): string {
  const parts = {
    features: store.key,
    grids: gridsOf(store.levels),
    images,
    held,
    recipe,
    seed,
    version: VERSION,
  };
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
