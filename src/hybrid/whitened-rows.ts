import type { FeatureStore } from "../features/index.ts";
import { cast, encodeModel, Graph, type Runtime, type Session } from "../graph/index.ts";
import { type Whitening, whiten } from "../stages/index.ts";

/** Reads images from a feature store as whitened patches, one a row, by the graph that inspection runs. */
export class WhitenedRows {
  readonly #store: FeatureStore;
  readonly #session: Session;

  private constructor(store: FeatureStore, session: Session) {
    this.#store = store;
    this.#session = session;
  }

  static async open(store: FeatureStore, whitening: Whitening, runtime: Runtime): Promise<WhitenedRows> {
    const graph = new Graph("whitened-patches");
    const levels = store.levels.map(({ channels, height, width }, i) =>
      cast(graph.input(`level${i}`, store.precision, [1, channels, height, width]), "float32"),
    );
    graph.output("rows", whiten(levels, whitening).rows);
    return new WhitenedRows(store, await runtime.open(encodeModel(graph)));
  }

  /** [patches, components]. Throws RSAD_CHECKPOINT_MISMATCH for a store that was cut off meanwhile. */
  async read(image: number): Promise<Float32Array> {
    const levels = await this.#store.read([image]);
    const { rows } = await this.#session.run(
      Object.fromEntries(levels.map((level, i) => [`level${i}`, level])),
    );
    return rows!.data as Float32Array;
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
