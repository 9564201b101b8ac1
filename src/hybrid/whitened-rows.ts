import { type FeatureSource, insideRows } from "../features/index.ts";
import { cast, encodeModel, Graph, type Runtime, type Session } from "../graph/index.ts";
import { type Whitening, whiten } from "../stages/index.ts";

/** Reads the patches to learn from of images' features, whitened, one a row, by the graph that inspection runs. */
export class WhitenedRows {
  readonly #store: FeatureSource;
  readonly #session: Session;

  private constructor(store: FeatureSource, session: Session) {
    this.#store = store;
    this.#session = session;
  }

  static async open(store: FeatureSource, whitening: Whitening, runtime: Runtime): Promise<WhitenedRows> {
    const graph = new Graph("whitened-patches");
    const levels = store.levels.map(({ channels, height, width }, i) =>
      cast(graph.input(`level${i}`, store.precision, [1, channels, height, width]), "float32"),
    );
    graph.output("rows", insideRows(whiten(levels, whitening).rows, store.inside));
    return new WhitenedRows(store, await runtime.open(encodeModel(graph)));
  }

  /** One image after the other, in this order: [patches, components]. Throws RSAD_CHECKPOINT_MISMATCH for a store that was cut off meanwhile. */
  async *each(images: readonly number[]): AsyncGenerator<Float32Array> {
    for await (const levels of this.#store.each(images)) {
      const feeds = Object.fromEntries(levels.map((level, i) => [`level${i}`, level]));
      const { rows } = await this.#session.run(feeds);
      yield rows!.data as Float32Array;
    }
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
