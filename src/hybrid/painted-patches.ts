import { RsadError } from "../errors.ts";
import { featureGraph } from "../features/index.ts";
import { encodeModel, type Tensors } from "../graph/index.ts";
import type { Axis, Grid } from "../pixels/index.ts";
import { Random } from "../random.ts";
import type { HybridRecipe } from "../recipes/index.ts";
import { largestGrid, type Whitening, whiten } from "../stages/index.ts";
import { type Frame, gridCoverage, type PaintedFrame, paintDefects } from "../synthesis/index.ts";
import { readFrames } from "./frames.ts";
import type { HybridRequest } from "./request.ts";
import { RowCollector, type Rows, rowCount } from "./rows.ts";
import { tilesTogether } from "./tiles-together.ts";

export interface PaintedPatches {
  /** Whitened patches that a painted defect covers. */
  readonly defect: Rows;
  /** Patches of the same images that no defect touches, nor a neighbour of theirs. */
  readonly normal: Rows;
}

/** Of one painted image, of either kind, at most. */
const PER_IMAGE = 48;
/** Frames of earlier images that textures are taken from. */
const DONORS = 16;

/**
 * Stage 3 in the image: paints pseudo-defects into training images, each as often as the others, and lets the backbone see
 * them. A few images are in memory at a time, and some frames for their textures. Throws RSAD_ARGUMENT_INVALID for a grid so small that
 * every patch lies beside every other, and if none of the images has a patch of either kind.
 */
export async function drawPaintedPatches(
  request: HybridRequest,
  painting: Exclude<HybridRecipe["painting"], "none">,
  whitening: Whitening,
): Promise<PaintedPatches> {
  const { recipe, runtime, onProgress, signal } = request;
  const { size } = recipe.preprocessing;
  const { model, grid } = paintedModel(request, whitening);
  const [height, width] = [grid.rows.count, grid.columns.count];
  if (Math.max(height, width) < 3) throw smallGrid(height, width);
  const { inside } = request.store;
  const region = inside && new Set(inside);
  const isInside = (patch: number) => region === undefined || region.has(patch);
  const most = painting.images * Math.min(PER_IMAGE, height * width);
  const defect = new RowCollector(whitening.components, most);
  const normal = new RowCollector(whitening.components, most);
  const session = await runtime.open(model, { background: true });
  /** Keeps some patches of a painted image as the network sees it. */
  const collect = async ({ random, coverage, seen }: Seen) => {
    const { rows } = await seen;
    const from: Rows = { data: rows!.data as Float32Array, width: whitening.components };
    const covered = gridCoverage(coverage, size, grid);
    const touched = widen(covered, height, width);
    const drawn = (wanted: (patch: number) => boolean) => {
      const candidates = Array.from({ length: height * width }, (_, patch) => patch).filter(wanted);
      const some = random.permutation(candidates.length).subarray(0, PER_IMAGE);
      return Array.from(some, (at) => candidates[at]!);
    };
    const isDefect = (patch: number) => isInside(patch) && covered[patch]! > painting.coverage;
    const isNormal = (patch: number) => isInside(patch) && touched[patch] === 0;
    defect.add(from, drawn(isDefect));
    normal.add(from, drawn(isNormal));
  };
  // While the network sees one, the next is painted.
  let last: Seen | undefined;
  try {
    let done = 0;
    for await (const { random, frame, coverage } of paintInTurn(
      request,
      painting.images,
      inside && pixelsOf(inside, size, grid),
    )) {
      signal?.throwIfAborted();
      onProgress?.({ phase: "pseudo-defects", done, total: painting.images });
      const seen = session.run({ image: { dtype: "uint8", dims: [size, size, 3], data: frame.data } });
      // Its failure is met when its turn comes.
      seen.catch(() => {});
      if (last !== undefined) await collect(last);
      last = { random, coverage, seen };
      done += 1;
    }
    if (last !== undefined) await collect(last);
    onProgress?.({ phase: "pseudo-defects", done: painting.images, total: painting.images });
  } finally {
    await session.close();
  }
  const patches: PaintedPatches = { defect: defect.rows(), normal: normal.rows() };
  const { images, coverage } = painting;
  if (rowCount(patches.defect) === 0) {
    const received = `none in ${images} painted images`;
    throw notPainted(
      `patches of which more than ${coverage} is painted over`,
      received,
      "Lower painting.coverage, raise painting.images",
    );
  }
  if (rowCount(patches.normal) === 0)
    throw notPainted(
      "patches away from painted defects",
      `none in ${images} painted images`,
      "Raise painting.images",
    );
  return patches;
}

function smallGrid(height: number, width: number): RsadError {
  return notPainted(
    "a grid of more than 2 x 2 patches, since others all lie beside a painted defect,",
    `${height} x ${width}`,
    "Raise preprocessing.size, take features of an earlier layer",
  );
}

function notPainted(expected: string, received: string, hint: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "recipe field painting",
    expected,
    received,
    hint: `${hint}, or set painting to none.`,
  });
}

interface Painted extends PaintedFrame {
  /** For all that is still to be drawn of this image. */
  readonly random: Random;
}

/** A painted image that the network was given. */
interface Seen extends Omit<Painted, "frame"> {
  readonly seen: Promise<Tensors>;
}

/**
 * Paints `count` copies of training images, each of which is read once: all copies of one image after another, and the images in
 * random order, but for tiles of one, which come together. With a `region`, [size * size], every defect touches it.
 */
async function* paintInTurn(
  { samples, images, recipe, seed, runtime }: HybridRequest,
  count: number,
  region: Uint8Array | undefined,
): AsyncGenerator<Painted> {
  const order = new Random(seed, "painting", "order").permutation(images.length);
  const some = Array.from(order.subarray(0, count), (at) => images[at]!);
  const turns = tilesTogether(some, samples).map((image) => samples[image]!);
  const donors: Frame[] = [];
  let read = 0;
  let painted = 0;
  for await (const frame of readFrames(turns, recipe.preprocessing, runtime)) {
    const until = Math.round(((read + 1) * count) / turns.length);
    for (; painted < until; painted++) {
      const random = new Random(seed, "painting", painted);
      const donor = donors.length === 0 ? frame : donors[random.integer(donors.length)]!;
      yield { random, ...paintDefects(random, frame, donor, region) };
    }
    donors[read % DONORS] = frame;
    read += 1;
  }
}

/** From a frame to whitened patches. Stretching does nothing to it, whatever the recipe does to whole images. */
function paintedModel({ backbone, recipe }: HybridRequest, whitening: Whitening) {
  const { graph, levels, grids } = featureGraph(backbone, {
    preprocessing: { fit: "stretch", size: recipe.preprocessing.size },
    aggregation: recipe.aggregation,
  });
  graph.output("rows", whiten(levels, grids, whitening).rows);
  return { model: encodeModel(graph), grid: largestGrid(grids) };
}

/** 1 for each pixel of a frame to which one of the patches is the nearest. */
function pixelsOf(patches: readonly number[], size: number, { rows, columns }: Grid): Uint8Array {
  const inside = new Set(patches);
  const row = nearestPoints(rows, size);
  const column = nearestPoints(columns, size);
  return Uint8Array.from({ length: size * size }, (_, pixel) =>
    inside.has(row[Math.floor(pixel / size)]! * columns.count + column[pixel % size]!) ? 1 : 0,
  );
}

/** For each pixel of a side the point whose cell its centre lies in, or the last one on that side. */
function nearestPoints({ count, first, step }: Axis, size: number): number[] {
  return Array.from({ length: size }, (_, pixel) => {
    const place = Math.floor(((pixel + 0.5) / size - first) / step + 0.5);
    return Math.min(Math.max(place, 0), count - 1);
  });
}

/** The largest value in each cell's 3 x 3 neighbourhood. */
function widen(grid: Float32Array, height: number, width: number): Float32Array {
  return Float32Array.from(grid, (_, at) => {
    const [row, column] = [Math.floor(at / width), at % width];
    let largest = 0;
    for (let y = Math.max(row - 1, 0); y <= Math.min(row + 1, height - 1); y++) {
      for (let x = Math.max(column - 1, 0); x <= Math.min(column + 1, width - 1); x++) {
        largest = Math.max(largest, grid[y * width + x]!);
      }
    }
    return largest;
  });
}
