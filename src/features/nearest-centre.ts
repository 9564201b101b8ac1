import {
  argMin,
  cast,
  encodeModel,
  float32,
  Graph,
  linear,
  type Runtime,
  type Session,
} from "../graph/index.ts";
import { squaredDistance } from "./squared-distance.ts";

/** Points a call: the table of distances to a thousand centres takes 16 MB. */
const POINTS = 4096;

/**
 * Updates every point's distance to its nearest centre after centres were added.
 *
 * Which of the new centres is nearest follows from one matrix product, |x - m|² = |x|² - 2 x·m + |m|², where the first term
 * does not matter; the distance itself is then taken from the difference, because the product has lost digits of it.
 */
export class NearestCentre {
  readonly #session: Session;
  readonly #dimensions: number;

  private constructor(session: Session, dimensions: number) {
    this.#session = session;
    this.#dimensions = dimensions;
  }

  static async open(runtime: Runtime, dimensions: number): Promise<NearestCentre> {
    const graph = new Graph("nearest");
    const points = graph.input("points", "float32", ["points", dimensions]);
    const factors = graph.input("factors", "float32", ["centres", dimensions]);
    const squares = graph.input("squares", "float32", ["centres"]);
    graph.output("nearest", cast(argMin(linear(points, factors, squares), 1), "int32"));
    return new NearestCentre(await runtime.open(encodeModel(graph)), dimensions);
  }

  /** `squared` holds each point's squared distance to its nearest centre so far and is brought up to date. */
  async update(points: Float32Array, squared: Float32Array, centres: readonly number[]): Promise<void> {
    const size = this.#dimensions;
    const factors = new Float32Array(centres.length * size);
    const squares = new Float32Array(centres.length);
    for (const [i, centre] of centres.entries()) {
      let sum = 0;
      for (let j = 0; j < size; j++) {
        const value = points[centre * size + j]!;
        factors[i * size + j] = -2 * value;
        sum += value * value;
      }
      squares[i] = sum;
    }
    const feeds = {
      factors: float32(factors, [centres.length, size]),
      squares: float32(squares, [centres.length]),
    };
    for (let start = 0; start < squared.length; start += POINTS) {
      const end = Math.min(start + POINTS, squared.length);
      const part = float32(points.subarray(start * size, end * size), [end - start, size]);
      const { nearest } = await this.#session.run({ points: part, ...feeds });
      const index = nearest!.data as Int32Array;
      for (let i = start; i < end; i++) {
        const centre = centres[index[i - start]!]!;
        const distance = squaredDistance(points, i * size, points, centre * size, size, squared[i]!);
        if (distance < squared[i]!) squared[i] = distance;
      }
    }
    // Of two centres that lie closer than the product can tell, it may have taken the other one.
    for (const centre of centres) squared[centre] = 0;
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
