import { FeatureReader, type FeatureSource, patchGrid, patchRows } from "../features/index.ts";
import { float32, matmul, type Runtime, sub, type Value } from "../graph/index.ts";
import type { OnProgress } from "../progress.ts";
import { Random } from "../random.ts";
import { checkMemory, mebibytes } from "./memory.ts";

export interface ProjectionRequest {
  readonly store: FeatureSource;
  readonly images: readonly number[];
  /** "none" keeps the vectors as they are. */
  readonly projection: number | "none";
  readonly seed: number;
  readonly runtime: Runtime;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ProjectedPatches {
  /** One vector after the other, image by image in the order asked for. */
  readonly points: Float32Array;
  readonly dimensions: number;
}

/**
 * All patch vectors of the images in a random Gaussian projection, which keeps distances up to a few per cent
 * (Johnson-Lindenstrauss). It is drawn from the seed. They are all in memory at once: 4 bytes for each number. The channels'
 * means are subtracted, which moves all vectors alike and spares digits. Throws RSAD_MEMORY_LOW.
 */
export async function projectPatches(request: ProjectionRequest): Promise<ProjectedPatches> {
  const { store, images, projection, seed, runtime, onProgress, signal } = request;
  const { patches, channels } = patchGrid(store);
  const project = projection !== "none" && projection < channels;
  const dimensions = project ? projection : channels;
  const length = images.length * patches * dimensions;
  checkMemory(
    length * 4,
    "choosing the coreset",
    "Set coreset.projection lower, or learn from fewer images.",
  );

  const { mean } = await store.statistics(images);
  const matrix = project ? gaussianProjection(channels, projection, seed) : undefined;
  const rows = await FeatureReader.open(store, runtime, (levels) => {
    const x = patchRows(levels, store);
    const centred = sub(x, x.graph.constant(float32(mean, [1, channels])));
    return { points: matrix === undefined ? centred : matmul(centred, constant(x, matrix, dimensions)) };
  });
  try {
    const points = new Float32Array(length);
    const report = (done: number) =>
      onProgress?.({ phase: "patches", done, total: images.length, detail: mebibytes(points.byteLength) });
    let done = 0;
    report(done);
    for await (const projected of rows.each(images)) {
      signal?.throwIfAborted();
      points.set(projected.points.data as Float32Array, done * patches * dimensions);
      report(++done);
    }
    return { points, dimensions };
  } finally {
    await rows.close();
  }
}

function constant(like: Value, matrix: Float32Array, columns: number): Value {
  return like.graph.constant(float32(matrix, [matrix.length / columns, columns]));
}

/** [channels, dimensions], elements N(0, 1 / dimensions), so that squared lengths stay the same on average. */
function gaussianProjection(channels: number, dimensions: number, seed: number): Float32Array {
  const matrix = new Float32Array(channels * dimensions);
  return new Random(seed, "coreset", "projection").fillNormal(matrix, 1 / Math.sqrt(dimensions));
}
