import {
  cast,
  encodeModel,
  Graph,
  type Runtime,
  type Session,
  type Tensor,
  type Value,
} from "../graph/index.ts";
import { patchFeatures } from "../stages/index.ts";
import type { FeatureStore } from "./feature-store.ts";

export interface PatchGrid {
  readonly height: number;
  readonly width: number;
  /** height * width. */
  readonly patches: number;
  /** Of all levels together. */
  readonly channels: number;
}

/** What to compute of an image's patch vectors [patches, channels]; named outputs. */
export type RowsGraph<Name extends string> = (rows: Value) => Readonly<Record<Name, Value>>;

/**
 * Reads images from a feature store as matrices with one patch a row: every level resized to the largest one's grid and
 * joined, by the graph that inspection runs. One image at a time is in memory.
 */
export class PatchRows<Name extends string> {
  readonly #store: FeatureStore;
  readonly #session: Session;

  private constructor(store: FeatureStore, session: Session) {
    this.#store = store;
    this.#session = session;
  }

  /** Throws RSAD_RUNTIME_FAILED. */
  static async open<Name extends string>(
    store: FeatureStore,
    runtime: Runtime,
    compute: RowsGraph<Name>,
  ): Promise<PatchRows<Name>> {
    const graph = new Graph("patches");
    const levels = store.levels.map(({ channels, height, width }, i) =>
      cast(graph.input(`level${i}`, store.precision, [1, channels, height, width]), "float32"),
    );
    const outputs = compute(patchFeatures(levels).rows);
    for (const [name, value] of Object.entries<Value>(outputs)) graph.output(name, value);
    return new PatchRows<Name>(store, await runtime.open(encodeModel(graph)));
  }

  /** Throws RSAD_RUNTIME_FAILED, and RSAD_CHECKPOINT_MISMATCH for a store that was cut off meanwhile. */
  async read(image: number): Promise<Readonly<Record<Name, Tensor>>> {
    const levels = await this.#store.read([image]);
    const feeds = Object.fromEntries(levels.map((level, i) => [`level${i}`, level]));
    return (await this.#session.run(feeds)) as Record<Name, Tensor>;
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}

/** The grid on which all methods see an image's patches. */
export function patchGrid({ levels, channels }: Pick<FeatureStore, "levels" | "channels">): PatchGrid {
  const { height, width } = levels.reduce((largest, level) =>
    level.height * level.width > largest.height * largest.width ? level : largest,
  );
  return { height, width, patches: height * width, channels };
}
