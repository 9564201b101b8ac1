import type { Device, OpenOptions, Runtime, Session } from "../graph/index.ts";
import type { Image, Tiling } from "../pixels/index.ts";
import { chooseTiling } from "./choose-tiling.ts";
import type { ModelMetadata } from "./metadata.ts";
import { decodeMetadata, invalidModel } from "./model-file.ts";
import type { ScoredImage, Scorer } from "./scorer.ts";
import { inTiles } from "./tiled-scorer.ts";

export interface LoadOptions extends OpenOptions {
  /** Inspect in tiles of so many pixels a side, of a model that was trained on whole images of about that size. */
  readonly tile?: number | undefined;
}

/** A trained model, ready to score images. Running its graph is the only way in which rsad ever scores one. */
export class Model implements Scorer {
  readonly metadata: ModelMetadata;
  readonly #graph: GraphScorer;
  readonly #scorer: Scorer;

  private constructor(metadata: ModelMetadata, graph: GraphScorer, tiling: Tiling | undefined) {
    this.metadata = metadata;
    this.#graph = graph;
    this.#scorer = inTiles(graph, tiling);
  }

  /**
   * Loads the bytes of a model file; `subject` names it in errors. Throws RSAD_MODEL_INVALID, RSAD_RUNTIME_FAILED, and
   * RSAD_ARGUMENT_INVALID for tiles of a model that has its own, or a region of interest.
   */
  static async load(
    bytes: Uint8Array,
    runtime: Runtime,
    subject = "the model",
    options: LoadOptions = {},
  ): Promise<Model> {
    const metadata = decodeMetadata(bytes, subject);
    const tiling = chooseTiling(metadata, options.tile);
    return new Model(metadata, await GraphScorer.open(bytes, runtime, subject, options), tiling);
  }

  /** Where its graph runs. */
  get device(): Device {
    return this.#graph.device;
  }

  score(image: Image, signal?: AbortSignal): Promise<ScoredImage> {
    return this.#scorer.score(image, signal);
  }

  close(): Promise<void> {
    return this.#graph.close();
  }
}

/** Runs an inspection graph; of a model that was trained on tiles, on one of them. */
export class GraphScorer implements Scorer {
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
