import { type ReadSample, type Sample, sampleReader } from "../datasets/index.ts";
import { add, cast, encodeModel, Graph, type Runtime, type Session } from "../graph/index.ts";
import { imageInput, overlap, type Preprocessing, preprocess, type TellSize } from "../images/index.ts";
import type { Frame } from "../synthesis/index.ts";

/**
 * Images as the network sees them, one after the other; the next ones are decoded meanwhile. Throws RSAD_IMAGE_INVALID for one that
 * can no longer be decoded.
 */
export async function* readFrames(
  samples: readonly Sample[],
  preprocessing: Preprocessing,
  runtime: Runtime,
): AsyncGenerator<Frame> {
  const session = await runtime.open(frameModel(preprocessing));
  const read = sampleReader();
  try {
    yield* overlap(samples, (sample, _index, tellSize) =>
      readFrame(session, sample, read, preprocessing.size, tellSize),
    );
  } finally {
    await session.close();
  }
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
  sample: Sample,
  read: ReadSample,
  size: number,
  tellSize: TellSize,
): Promise<Frame> {
  const { width, height, data } = await read(sample, tellSize);
  const { planes } = await session.run({ image: { dtype: "uint8", dims: [height, width, 3], data } });
  const from = planes!.data as Uint8Array;
  const pixels = size * size;
  const frame = new Uint8Array(3 * pixels);
  for (let i = 0; i < pixels; i++) {
    for (let channel = 0; channel < 3; channel++) frame[3 * i + channel] = from[channel * pixels + i]!;
  }
  return { size, data: frame };
}
