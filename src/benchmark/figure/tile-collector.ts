import type { InspectedSample } from "../../assessment/index.ts";
import type { Sample } from "../../datasets/index.ts";
import { heatmap, type Image, maskOverlay, squareTile } from "../../images/index.ts";
import { ColourScale } from "./colour-scale.ts";
import { exampleOf } from "./example.ts";

/** Pixels along a tile's side. */
export const TILE_SIDE = 192;

/** One class as the figure shows it: square PNG files of {@link TILE_SIDE}, white where the image is not square. */
export interface Tiles {
  readonly image: Uint8Array;
  /** The mask on the image; absent for an example without a mask. */
  readonly truth?: Uint8Array | undefined;
  /** The anomaly map of the model that inspected it. */
  readonly map: Uint8Array;
}

/**
 * Makes a class's tiles while its test images are inspected: see {@link exampleOf} for which image is shown, and
 * {@link ColourScale} for the colours of its map.
 *
 * @example
 * const collector = new TileCollector(dataset.test);
 * await evaluateModel(model, dataset, { onSample: (sample) => collector.add(sample) });
 * const tiles = await collector.finish();
 */
export class TileCollector {
  readonly #example: Sample | undefined;
  readonly #scale = new ColourScale();
  #shown: InspectedSample | undefined;

  constructor(test: readonly Sample[]) {
    this.#example = exampleOf(test);
  }

  add(inspected: InspectedSample): void {
    this.#scale.add(inspected.map);
    if (inspected.sample.name === this.#example?.name) this.#shown = inspected;
  }

  /** Undefined where no test image is defective, or where nothing of them was inspected. */
  async finish(): Promise<Tiles | undefined> {
    const range = this.#scale.range();
    if (this.#shown === undefined || range === undefined) return undefined;
    const { image, mask, map } = this.#shown;
    const tile = (shown: Image) => squareTile(shown, TILE_SIDE);
    return {
      image: await tile(image),
      truth: mask === undefined ? undefined : await tile(maskOverlay(image, mask)),
      map: await tile(heatmap(image, map, range)),
    };
  }
}
