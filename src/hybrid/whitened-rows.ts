import { FeatureReader, type FeatureSource, gridsOf, insideRows } from "../features/index.ts";
import type { Runtime } from "../graph/index.ts";
import { type Whitening, whiten } from "../stages/index.ts";

/** Reads the patches to learn from of images' features, whitened, one a row: [patches, components], as inspection sees them. */
export function openWhitenedRows(
  store: FeatureSource,
  whitening: Whitening,
  runtime: Runtime,
): Promise<FeatureReader<"rows">> {
  const grids = gridsOf(store.levels);
  return FeatureReader.open(store, runtime, (levels) => ({
    rows: insideRows(whiten(levels, grids, whitening).rows, store.inside),
  }));
}
