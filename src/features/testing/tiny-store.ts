import { join } from "node:path";
import { type TinyFolder, tinyBackbone, tinyFolder } from "../../../test/tiny.ts";
import { encodeModel, Graph, nodeRuntime, type Runtime, type Tensor } from "../../graph/index.ts";
import { cellGrid } from "../../pixels/index.ts";
import type { Recipe } from "../../recipes/index.ts";
import { FeatureReader } from "../feature-reader.ts";
import { FeatureStore } from "../feature-store.ts";
import type { Fitted, Head } from "../method.ts";
import { patchRows } from "../patch-rows.ts";

export interface TinyStore {
  readonly store: FeatureStore;
  readonly runtime: Runtime;
  readonly folder: string;
  readonly samples: TinyFolder["samples"];
  remove(): Promise<void>;
}

/** Features of `count` small images by a small network, on a grid of 8 x 8 patches of 9 channels; `gain` multiplies them. */
export async function tinyStore(recipe: Recipe, count: number, gain = 1): Promise<TinyStore> {
  const images: TinyFolder = await tinyFolder(count);
  const runtime = nodeRuntime({ threads: 1 });
  const folder = join(images.path, "state");
  const store = await FeatureStore.open({
    folder,
    samples: images.samples,
    fingerprint: "images",
    backbone: tinyBackbone(gain),
    recipe,
    precision: "float32",
    runtime,
  });
  return {
    store,
    runtime,
    folder,
    samples: images.samples,
    async remove() {
      await store.close();
      await images.remove();
    },
  };
}

/** An image's patch vectors, one a row. */
export async function rowsOf({ store, runtime }: TinyStore, image: number): Promise<number[][]> {
  const rows = await FeatureReader.open(store, runtime, (levels) => ({
    rows: patchRows(levels, store),
  }));
  try {
    const found: number[][] = [];
    for await (const result of rows.each([image])) found.push(...matrix(result.rows));
    return found;
  } finally {
    await rows.close();
  }
}

export function matrix({ data, dims }: Tensor): number[][] {
  const columns = dims.at(-1)!;
  return Array.from({ length: data.length / columns }, (_, i) =>
    Array.from(data.subarray(i * columns, (i + 1) * columns) as Float32Array),
  );
}

export interface Scores {
  readonly patches: readonly number[];
  readonly score: number | undefined;
}

/** What a head makes of images in the store. */
export async function scores(
  { store, runtime }: TinyStore,
  { head }: Pick<Fitted, "head">,
  images: readonly number[],
): Promise<Scores[]> {
  const levels = await Promise.all(images.map((image) => store.read([image])));
  return runHead(runtime, head, levels);
}

export async function runHead(
  runtime: Runtime,
  head: Head,
  images: readonly (readonly Tensor[])[],
): Promise<Scores[]> {
  const graph = new Graph();
  const { patches, score } = head(
    images[0]!.map((level, i) => graph.input(`level${i}`, "float32", level.dims)),
    images[0]!.map(({ dims }) => cellGrid(dims[2]!, dims[3]!)),
  );
  graph.output("patches", patches);
  if (score !== undefined) graph.output("score", score);
  const session = await runtime.open(encodeModel(graph));
  const results: Scores[] = [];
  for (const levels of images) {
    const run = await session.run(Object.fromEntries(levels.map((level, i) => [`level${i}`, level])));
    results.push({
      patches: Array.from(run.patches!.data as Float32Array),
      score: run.score && Number(run.score.data[0]),
    });
  }
  await session.close();
  return results;
}
