import {
  cast,
  encodeModel,
  Graph,
  type Runtime,
  type Session,
  type Tensor,
  type Value,
} from "../graph/index.ts";
import type { FeatureSource } from "./feature-source.ts";

/** What to compute of an image's levels, [1, C, h, w] each; named outputs. */
export type LevelsGraph<Name extends string> = (levels: readonly Value[]) => Readonly<Record<Name, Value>>;

/** Reads images' features through a graph. One image at a time is in memory. */
export class FeatureReader<Name extends string> {
  readonly #store: FeatureSource;
  readonly #session: Session;

  private constructor(store: FeatureSource, session: Session) {
    this.#store = store;
    this.#session = session;
  }

  /** Throws RSAD_RUNTIME_FAILED. */
  static async open<Name extends string>(
    store: FeatureSource,
    runtime: Runtime,
    compute: LevelsGraph<Name>,
  ): Promise<FeatureReader<Name>> {
    const graph = new Graph("features");
    const levels = store.levels.map(({ channels, height, width }, i) =>
      cast(graph.input(`level${i}`, store.precision, [1, channels, height, width]), "float32"),
    );
    for (const [name, value] of Object.entries<Value>(compute(levels))) graph.output(name, value);
    return new FeatureReader<Name>(store, await runtime.open(encodeModel(graph)));
  }

  /**
   * One image after the other, in this order. Throws RSAD_RUNTIME_FAILED, and RSAD_CHECKPOINT_MISMATCH for a store that was cut
   * off meanwhile.
   */
  async *each(images: readonly number[]): AsyncGenerator<Readonly<Record<Name, Tensor>>> {
    for await (const levels of this.#store.each(images)) {
      const feeds = Object.fromEntries(levels.map((level, i) => [`level${i}`, level]));
      yield (await this.#session.run(feeds)) as Record<Name, Tensor>;
    }
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
