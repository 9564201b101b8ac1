import { join } from "node:path";
import { expect, test } from "vitest";
import { tinyBackbone, tinyFolder } from "../../test/tiny.ts";
import { interpolationMatrix, nodeRuntime } from "../graph/index.ts";
import { recipe } from "../recipes/index.ts";
import { FeatureReader } from "./feature-reader.ts";
import { FeatureStore } from "./feature-store.ts";
import { patchGrid, patchRows } from "./patch-rows.ts";
import { matrix } from "./testing/tiny-store.ts";

const settings = recipe("patchcore", { preprocessing: { fit: "stretch", size: 32 } });

test.each([
  ["float32", 1e-6],
  ["float16", 2e-3],
] as const)(
  "an image's levels on the largest one's grid, joined, from a store of %s",
  async (precision, tolerance) => {
    const images = await tinyFolder(2);
    const runtime = nodeRuntime({ threads: 1 });
    const stores = await Promise.all(
      (["float32", precision] as const).map((kind, i) =>
        FeatureStore.open({
          folder: join(images.path, `${kind}-${i}`),
          samples: images.samples,
          fingerprint: "images",
          backbone: tinyBackbone(),
          recipe: settings,
          precision: kind,
          runtime,
        }),
      ),
    );
    const [whole, store] = stores as [FeatureStore, FeatureStore];
    expect(patchGrid(store)).toEqual({ height: 8, width: 8, patches: 64, channels: 9 });
    const rows = await FeatureReader.open(store, runtime, (levels) => ({
      rows: patchRows(levels, store),
    }));
    const found: number[][] = [];
    for await (const result of rows.each([1])) found.push(...matrix(result.rows));
    await rows.close();

    const [first, second] = (await whole.read([1])).map(({ data }) => data as Float32Array);
    const weights = interpolationMatrix(4, 8);
    for (let patch = 0; patch < 64; patch++) {
      const [y, x] = [Math.floor(patch / 8), patch % 8];
      for (let c = 0; c < 5; c++)
        expect(Math.abs(found[patch]![c]! - first![c * 64 + patch]!)).toBeLessThan(tolerance);
      for (let c = 0; c < 4; c++) {
        let expected = 0;
        for (let at = 0; at < 16; at++) {
          expected +=
            weights[y * 4 + Math.floor(at / 4)]! * weights[x * 4 + (at % 4)]! * second![c * 16 + at]!;
        }
        expect(Math.abs(found[patch]![5 + c]! - expected)).toBeLessThan(tolerance);
      }
    }
    for (const one of stores) await one.close();
    await images.remove();
  },
);
