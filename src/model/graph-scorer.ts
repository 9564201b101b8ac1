import type { Device, OpenOptions, Runtime, Session } from "../graph/index.ts";
import type { Image } from "../pixels/index.ts";
import { invalidModel } from "./model-file.ts";
import type { ScoredImage } from "./scorer.ts";
import type { OpenScorer } from "./scorer-pool.ts";

/** Runs an inspection graph; of a model that was trained on tiles, on one of them. */
export class GraphScorer implements OpenScorer {
  readonly #session: Session;
  readonly #subject: string;
  #lastDone = Number.NEGATIVE_INFINITY;

  private constructor(session: Session, subject: string) {
    this.#session = session;
    this.#subject = subject;
  }

  static async open(
    bytes: Uint8Array,
    runtime: Runtime,
    subject: string,
    options: OpenOptions = {},
  ): Promise<GraphScorer> {
    const session = await runtime.open(bytes, options);
    const whole = ["anomaly_map", "score"].every((name) => session.outputs.includes(name));
    if (whole && session.inputs.includes("image")) return new GraphScorer(session, subject);
    await session.close();
    throw invalidModel(subject, "a graph from image to anomaly_map and score", session.outputs.join(", "));
  }

  get device(): Device {
    return this.#session.device;
  }

  async score({ width, height, data }: Image, signal?: AbortSignal): Promise<ScoredImage> {
    signal?.throwIfAborted();
    const asked = performance.now();
    const results = await this.#session.run({ image: { dtype: "uint8", dims: [height, width, 3], data } });
    const done = performance.now();
    // A run that was asked for while another went on begins when that one is done.
    const seconds = (done - Math.max(asked, this.#lastDone)) / 1000;
    this.#lastDone = done;
    const map = results.anomaly_map!;
    if (map.dtype !== "float32" || map.dims.join() !== [height, width].join()) {
      const expected = `a map of float32 [${height}, ${width}], as its image`;
      throw invalidModel(this.#subject, expected, `${map.dtype} [${map.dims.join(", ")}]`);
    }
    const score = Number(results.score!.data[0]);
    // No comparison with NaN holds: it would pass every threshold as good.
    if (!Number.isFinite(score)) throw invalidModel(this.#subject, "a finite score", String(score));
    return { score, map: { width, height, data: map.data as Float32Array }, seconds };
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
