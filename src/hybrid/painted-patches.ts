import type { Sample } from "../datasets/index.ts";
import { RsadError } from "../errors.ts";
import { featureGraph } from "../features/index.ts";
import { add, cast, encodeModel, Graph, type Session } from "../graph/index.ts";
import {
  decodeImage,
  imageInput,
  overlap,
  type Preprocessing,
  preprocess,
  type TellSize,
} from "../images/index.ts";
import { Random } from "../random.ts";
import type { HybridRecipe } from "../recipes/index.ts";
import { type Whitening, whiten } from "../stages/index.ts";
import { type Frame, gridCoverage, paintDefects } from "../synthesis/index.ts";
import type { HybridRequest } from "./request.ts";
import { RowCollector, type Rows, rowCount } from "./rows.ts";

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
 * them. A few images are in memory at a time, and some frames for their textures. Throws RSAD_ARGUMENT_INVALID if none of the images
 * has a patch of either kind.
 */
export async function drawPaintedPatches(
  request: HybridRequest,
  painting: Exclude<HybridRecipe["painting"], "none">,
  whitening: Whitening,
): Promise<PaintedPatches> {
  const { samples, images, recipe, seed, runtime, onProgress, signal } = request;
  const { size } = recipe.preprocessing;
  const defect = new RowCollector(whitening.components);
  const normal = new RowCollector(whitening.components);
  const donors: Frame[] = [];

  const { model, height, width } = paintedModel(request, whitening);
  const rows = await runtime.open(model);
  let frames: Session | undefined;
  try {
    const open = await runtime.open(frameModel(recipe.preprocessing));
    frames = open;
    const frameOf = async (image: number, _index: number, tellSize: TellSize) => {
      signal?.throwIfAborted();
      return readFrame(open, samples[image]!, size, tellSize);
    };
    let i = 0;
    for await (const frame of overlap(imagesInTurn(images, painting.images, seed), frameOf)) {
      signal?.throwIfAborted();
      onProgress?.({ phase: "pseudo-defects", done: i, total: painting.images });
      const random = new Random(seed, "painting", i);
      const donor = donors.length === 0 ? frame : donors[random.integer(donors.length)]!;
      const painted = paintDefects(random, frame, donor);
      donors[i % DONORS] = frame;

      const results = await rows.run({
        image: { dtype: "uint8", dims: [size, size, 3], data: painted.frame.data },
      });
      const seen: Rows = { data: results.rows!.data as Float32Array, width: whitening.components };
      const coverage = gridCoverage(painted.coverage, size, height, width);
      const touched = widen(coverage, height, width);
      const drawn = (wanted: (patch: number) => boolean) => {
        const candidates = Array.from({ length: height * width }, (_, patch) => patch).filter(wanted);
        const some = random.permutation(candidates.length).subarray(0, PER_IMAGE);
        return Array.from(some, (at) => candidates[at]!);
      };
      defect.add(
        seen,
        drawn((patch) => coverage[patch]! > painting.coverage),
      );
      normal.add(
        seen,
        drawn((patch) => touched[patch] === 0),
      );
      i += 1;
    }
    onProgress?.({ phase: "pseudo-defects", done: painting.images, total: painting.images });
  } finally {
    await frames?.close();
    await rows.close();
  }
  const patches: PaintedPatches = { defect: defect.rows(), normal: normal.rows() };
  if (rowCount(patches.defect) === 0)
    throw nothingPainted(painting, "covered by more than painting.coverage");
  if (rowCount(patches.normal) === 0) throw nothingPainted(painting, "away from painted defects");
  return patches;
}

function nothingPainted(
  { images, coverage }: { images: number; coverage: number },
  where: string,
): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "recipe field painting",
    expected: `patches ${where}`,
    received: `none in ${images} painted images at a coverage of ${coverage}`,
    hint: "Raise painting.images, lower painting.coverage, or set painting to none.",
  });
}

/** `count` images, all of them in one random order after another. */
function imagesInTurn(images: readonly number[], count: number, seed: number): number[] {
  const passes = Array.from({ length: Math.ceil(count / images.length) }, (_, pass) =>
    Array.from(new Random(seed, "painting", "order", pass).permutation(images.length), (i) => images[i]!),
  );
  return passes.flat().slice(0, count);
}

/** An image as the network sees it: `planes` uint8 [1, 3, size, size]. */
function frameModel(preprocessing: Preprocessing): Uint8Array {
  const graph = new Graph("frame");
  const { pixels } = preprocess(imageInput(graph), preprocessing);
  // Casting cuts off. The planes stay planes: the runtime's optimizer breaks a resize that a transposition follows.
  graph.output("planes", cast(add(pixels, 0.5), "uint8"));
  return encodeModel(graph);
}

async function readFrame(
  session: Session,
  { path }: Sample,
  size: number,
  tellSize: TellSize,
): Promise<Frame> {
  const { width, height, data } = await decodeImage(path);
  tellSize(width * height);
  const { planes } = await session.run({ image: { dtype: "uint8", dims: [height, width, 3], data } });
  const from = planes!.data as Uint8Array;
  const pixels = size * size;
  const frame = new Uint8Array(3 * pixels);
  for (let i = 0; i < pixels; i++) {
    for (let channel = 0; channel < 3; channel++) frame[3 * i + channel] = from[channel * pixels + i]!;
  }
  return { size, data: frame };
}

/** From a frame to whitened patches. Stretching does nothing to it, whatever the recipe does to whole images. */
function paintedModel({ backbone, recipe }: HybridRequest, whitening: Whitening) {
  const { graph, levels } = featureGraph(backbone, {
    preprocessing: { fit: "stretch", size: recipe.preprocessing.size },
    aggregation: recipe.aggregation,
  });
  const { rows, height, width } = whiten(levels, whitening);
  graph.output("rows", rows);
  return { model: encodeModel(graph), height, width };
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
