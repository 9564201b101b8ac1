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
import type { FeatureSource } from "./feature-source.ts";
import { insideRows } from "./inside-patches.ts";
import { largestLevel } from "./level.ts";

export interface PatchGrid {
  readonly height: number;
  readonly width: number;
  /** Those to learn from: height * width, or as many as lie in the region. */
  readonly patches: number;
  /** Of all levels together. */
  readonly channels: number;
}

/** What to compute of an image's patch vectors [patches, channels]; named outputs. */
export type RowsGraph<Name extends string> = (rows: Value) => Readonly<Record<Name, Value>>;

/**
 * Reads images' features as matrices with one patch a row: every level resized to the largest one's grid and
 * joined, by the graph that inspection runs; of these, the patches to learn from. One image at a time is in memory.
 */
export class PatchRows<Name extends string> {
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
    compute: RowsGraph<Name>,
  ): Promise<PatchRows<Name>> {
    const graph = new Graph("patches");
    const levels = store.levels.map(({ channels, height, width }, i) =>
      cast(graph.input(`level${i}`, store.precision, [1, channels, height, width]), "float32"),
    );
    const outputs = compute(insideRows(patchFeatures(levels).rows, store.inside));
    for (const [name, value] of Object.entries<Value>(outputs)) graph.output(name, value);
    return new PatchRows<Name>(store, await runtime.open(encodeModel(graph)));
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

/** The grid on which all methods see an image's patches. */
export function patchGrid({
  levels,
  channels,
  inside,
}: Pick<FeatureSource, "levels" | "channels" | "inside">): PatchGrid {
  const { height, width } = largestLevel(levels);
  return { height, width, patches: inside?.length ?? height * width, channels };
}
