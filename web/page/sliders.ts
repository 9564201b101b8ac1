import { byId, figure } from "./dom.ts";

/** What the sliders say; scores and map values are on one scale. */
export interface Thresholds {
  readonly threshold: number;
  readonly pixelThreshold: number;
}

/** Sliders for both thresholds, whose range grows with the scores that are seen. */
export class ThresholdSliders {
  readonly #threshold = new Slider("threshold");
  readonly #outline = new Slider("outline");
  readonly #initial: Thresholds;
  #low: number;
  #high: number;

  constructor(initial: Thresholds, onChange: () => void) {
    this.#initial = initial;
    this.#low = Math.min(initial.threshold, initial.pixelThreshold, 0);
    this.#high = Math.max(initial.threshold, initial.pixelThreshold) * 2;
    this.#threshold.onInput(onChange);
    this.#outline.onInput(onChange);
    byId("reset", HTMLButtonElement).addEventListener("click", () => {
      this.reset();
      onChange();
    });
    this.reset();
  }

  get values(): Thresholds {
    return { threshold: this.#threshold.value, pixelThreshold: this.#outline.value };
  }

  /** Where a value lies in the sliders' range, 0 to 1. */
  place(value: number): number {
    return Math.min(1, Math.max(0, (value - this.#low) / (this.#high - this.#low)));
  }

  /** Makes room for a score. */
  include(score: number): void {
    this.#low = Math.min(this.#low, score);
    this.#high = Math.max(this.#high, score * 1.05);
    const { threshold, pixelThreshold } = this.values;
    this.#set({ threshold, pixelThreshold });
  }

  reset(): void {
    this.#set(this.#initial);
  }

  #set({ threshold, pixelThreshold }: Thresholds): void {
    this.#threshold.set(threshold, this.#low, this.#high);
    this.#outline.set(pixelThreshold, this.#low, this.#high);
  }
}

/** A range input that keeps its exact value until it is moved: the input itself would round it. */
class Slider {
  readonly #input: HTMLInputElement;
  readonly #output: HTMLOutputElement;
  value = Number.NaN;

  constructor(id: string) {
    this.#input = byId(id, HTMLInputElement);
    this.#output = byId(`${id}-value`, HTMLOutputElement);
  }

  onInput(listener: () => void): void {
    this.#input.addEventListener("input", () => {
      this.value = this.#input.valueAsNumber;
      this.#output.value = figure(this.value);
      listener();
    });
  }

  set(value: number, low: number, high: number): void {
    this.value = value;
    this.#input.min = String(low);
    this.#input.max = String(high);
    this.#input.step = String((high - low) / 500);
    this.#input.value = String(value);
    this.#output.value = figure(value);
  }
}
