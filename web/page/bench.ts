import { type Image, judgeAgain, type ModelMetadata, type ScoredImage } from "rsad/browser";
import { byId } from "./dom.ts";
import { forgetOld, type Inspected } from "./inspected.ts";
import { explain, type ModelWorker } from "./model-worker.ts";
import { OpacitySlider } from "./opacity-slider.ts";
import { ResultList } from "./result-list.ts";
import { ThresholdSliders } from "./sliders.ts";
import { showNoVerdict, showVerdict } from "./verdict.ts";
import { Viewer } from "./viewer.ts";

/** What stands for pixels and a map that are not there any more: a verdict needs neither. */
const NOTHING = { width: 0, height: 0 };
const NO_IMAGE = { ...NOTHING, data: new Uint8Array() };
const NO_MAP = { ...NOTHING, data: new Float32Array() };

/** Where images are inspected one after the other, judged, and looked at. */
export class Bench {
  readonly #worker: ModelWorker;
  readonly #metadata: ModelMetadata;
  readonly #images: Inspected[] = [];
  readonly #viewer = new Viewer();
  readonly #sliders: ThresholdSliders;
  readonly #list: ResultList;
  #shown: Inspected | undefined;
  #forCamera = false;
  #work: Promise<unknown> = Promise.resolve();

  constructor(worker: ModelWorker, metadata: ModelMetadata) {
    this.#worker = worker;
    this.#metadata = metadata;
    const { image = 1, pixel = image } = metadata.threshold ?? {};
    const initial = { threshold: image, pixelThreshold: pixel };
    this.#sliders = new ThresholdSliders(initial, () => void this.#judgeAll());
    this.#list = new ResultList((chosen) => this.#select(chosen));
    new OpacitySlider((opacity) => this.#viewer.setOpacity(opacity));
  }

  /** Inspects a picture after those before it. */
  add(file: Blob, name: string): void {
    const added: Inspected = { file, name };
    this.#images.push(added);
    this.#list.add(added);
    this.#work = this.#work.then(() => this.#inspect(added));
  }

  /** Clears the stage for the camera, and puts back what belongs there. */
  makeRoom(forCamera: boolean): void {
    this.#forCamera = forCamera;
    this.#arrange();
  }

  /** The camera, the image that is looked at, or where there is none a place for the next. */
  #arrange(): void {
    const seen = this.#shown?.inspection !== undefined;
    byId("sources", HTMLElement).hidden = this.#forCamera;
    byId("view", HTMLElement).hidden = this.#forCamera || !seen;
    byId("empty", HTMLElement).hidden = this.#forCamera || seen;
  }

  async #inspect(added: Inspected): Promise<void> {
    if (this.#shown === undefined) showNoVerdict("Looking…");
    await this.#score(added);
    if (added.score !== undefined) {
      this.#sliders.include(added.score);
      this.#list.draw(added);
    }
    await this.#judge(added);
    this.#show(added);
    this.#list.count();
  }

  /** Runs the model where its result is not there any more or was never. */
  async #score(wanted: Inspected): Promise<void> {
    if (wanted.scored !== undefined || wanted.failure !== undefined) return;
    try {
      wanted.scored = await this.#worker.score(wanted.file, wanted.name);
      wanted.score = wanted.scored.scored.score;
      forgetOld(this.#images, this.#shown);
    } catch (error) {
      wanted.failure = explain(error);
    }
  }

  async #judge(wanted: Inspected): Promise<void> {
    const { scored, score, failure } = wanted;
    if (failure !== undefined) {
      this.#list.judge(wanted, "failed");
      return;
    }
    const image: Image = scored?.image ?? NO_IMAGE;
    const result: ScoredImage = scored?.scored ?? { score: score!, map: NO_MAP, seconds: 0 };
    const inspection = await judgeAgain(this.#metadata, image, result, this.#sliders.values);
    if (scored !== undefined) wanted.inspection = inspection;
    this.#list.judge(wanted, inspection.verdict);
  }

  /** What is looked at follows the sliders at once, and the list after it. */
  async #judgeAll(): Promise<void> {
    const shown = this.#shown;
    if (shown === undefined) return;
    await this.#judge(shown);
    if (shown === this.#shown) this.#show(shown);
    for (const image of this.#images) {
      if (image !== shown && image.score !== undefined) await this.#judge(image);
    }
    this.#list.count();
  }

  #select(chosen: Inspected): void {
    this.#work = this.#work.then(async () => {
      await this.#score(chosen);
      await this.#judge(chosen);
      this.#show(chosen);
    });
  }

  #show(chosen: Inspected): void {
    this.#shown = chosen;
    this.#list.select(chosen);
    const { name, scored, inspection, failure } = chosen;
    this.#arrange();
    if (failure !== undefined) showNoVerdict("Not inspected", failure);
    if (scored === undefined || inspection === undefined) return;
    const { width, height } = scored.image;
    this.#viewer.show(scored.image, inspection);
    showVerdict(inspection, (value) => this.#sliders.place(value));
    byId("caption", HTMLElement).textContent = `${name}, ${width} × ${height} pixels`;
  }
}
