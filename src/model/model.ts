import type { Device, OpenOptions, Runtime, Session } from "../graph/index.ts";
import type { AnomalyMap, Image } from "../pixels/index.ts";
import type { ModelMetadata } from "./metadata.ts";
import { decodeMetadata, invalidModel } from "./model-file.ts";

export interface ScoredImage {
  /** Raw anomaly score, unbounded, higher is worse. */
  readonly score: number;
  /** In the image's own pixel frame, on the score's scale. */
  readonly map: AnomalyMap;
  /** What its run took, without the waiting for others. */
  readonly seconds: number;
}

/** Something that scores images: a {@link Model}, or one being calibrated. */
export interface Scorer {
  /** Throws RSAD_MODEL_INVALID for a score that is no finite number or a map that is not as large as the image. */
  score(image: Image): Promise<ScoredImage>;
}

/** A trained model, ready to score images. Running its graph is the only way in which rsad ever scores one. */
export class Model implements Scorer {
  readonly metadata: ModelMetadata;
  readonly #scorer: GraphScorer;

  private constructor(metadata: ModelMetadata, scorer: GraphScorer) {
    this.metadata = metadata;
    this.#scorer = scorer;
  }

  /** Loads the bytes of a model file; `subject` names it in errors. Throws RSAD_MODEL_INVALID, RSAD_RUNTIME_FAILED. */
  static async load(
    bytes: Uint8Array,
    runtime: Runtime,
    subject = "the model",
    options: OpenOptions = {},
  ): Promise<Model> {
    const metadata = decodeMetadata(bytes, subject);
    return new Model(metadata, await GraphScorer.open(bytes, runtime, subject, options));
  }

  /** Where its graph runs. */
  get device(): Device {
    return this.#scorer.device;
  }

  score(image: Image): Promise<ScoredImage> {
    return this.#scorer.score(image);
  }

  close(): Promise<void> {
    return this.#scorer.close();
  }
}

/** Runs an inspection graph. */
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

  async score({ width, height, data }: Image): Promise<ScoredImage> {
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
