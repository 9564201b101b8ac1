import { RsadError } from "../errors.ts";
import type { Device, OpenOptions, Runtime } from "../graph/index.ts";
import type { Image, Tiling } from "../pixels/index.ts";
import { chooseTiling } from "./choose-tiling.ts";
import { checkDigest } from "./digest.ts";
import { GraphScorer } from "./graph-scorer.ts";
import type { ModelMetadata } from "./metadata.ts";
import { decodeMetadata } from "./model-file.ts";
import type { ScoredImage, Scorer } from "./scorer.ts";
import { ScorerPool } from "./scorer-pool.ts";
import { inTiles } from "./tiled-scorer.ts";

export interface LoadOptions extends OpenOptions {
  /** Inspect in tiles of so many pixels a side, of a model that was trained on whole images of about that size. */
  readonly tile?: number | undefined;
  /**
   * Images or tiles scored at a time, each in a session of its own with its own threads; 1 if left out. Of more than one, `background` is implied.
   * For many images, several sessions of one thread each do more than one session of several threads, and take the model's memory each.
   */
  readonly sessions?: number | undefined;
}

/** A trained model, ready to score images. Running its graph is the only way in which rsad ever scores one. */
export class Model implements Scorer {
  readonly metadata: ModelMetadata;
  /** False of a model of whole images that was opened for tiles: its thresholds say how one piece scores, not the worst of many. */
  readonly comparable: boolean;
  readonly #graph: ScorerPool;
  readonly #scorer: Scorer;

  private constructor(metadata: ModelMetadata, graph: ScorerPool, tiling: Tiling | undefined) {
    this.metadata = metadata;
    this.comparable = (tiling === undefined) === (metadata.tiles === undefined);
    this.#graph = graph;
    this.#scorer = inTiles(graph, tiling, graph.size);
  }

  /**
   * Loads the bytes of a model file; `subject` names it in errors. Throws RSAD_MODEL_INVALID, RSAD_RUNTIME_FAILED, and
   * RSAD_ARGUMENT_INVALID for tiles of a model that has its own, or a region of interest, and for no sessions.
   */
  static async load(
    bytes: Uint8Array,
    runtime: Runtime,
    subject = "the model",
    { tile, sessions = 1, background = false }: LoadOptions = {},
  ): Promise<Model> {
    const metadata = decodeMetadata(bytes, subject);
    const tiling = chooseTiling(metadata, tile);
    checkSessions(sessions);
    const [intact, opened] = await Promise.allSettled([
      checkDigest(bytes, subject),
      ScorerPool.open(sessions, () =>
        GraphScorer.open(bytes, runtime, subject, { background: background || sessions > 1 }),
      ),
    ]);
    if (intact.status === "rejected") {
      if (opened.status === "fulfilled") await opened.value.close();
      throw intact.reason;
    }
    if (opened.status === "rejected") throw opened.reason;
    return new Model(metadata, opened.value, tiling);
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

function checkSessions(sessions: number): void {
  if (Number.isInteger(sessions) && sessions >= 1) return;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "sessions",
    expected: "a whole number of at least 1",
    received: sessions,
    hint: "As many as images are to be scored at a time.",
  });
}
