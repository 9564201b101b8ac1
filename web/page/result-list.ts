import { byId, create, figure } from "./dom.ts";
import type { Inspected } from "./inspected.ts";
import { drawThumbnail } from "./thumbnail.ts";
import { WORDS } from "./verdict.ts";

interface Entry {
  readonly button: HTMLButtonElement;
  readonly thumbnail: HTMLCanvasElement;
  readonly tag: HTMLElement;
  readonly score: HTMLElement;
}

/** The images that were given, the latest first, each a button that shows it; the arrow keys go from one to the next. */
export class ResultList {
  readonly #list = byId("list", HTMLElement);
  readonly #entries = new Map<Inspected, Entry>();
  readonly #onSelect: (image: Inspected) => void;

  constructor(onSelect: (image: Inspected) => void) {
    this.#onSelect = onSelect;
    this.#list.addEventListener("keydown", (event) => this.#step(event));
  }

  add(image: Inspected): void {
    const button = create("button");
    button.type = "button";
    button.title = image.name;
    const thumbnail = create("canvas");
    const tag = create("span", "…", "tag");
    const score = create("span", "", "score");
    const text = create("span", "", "name");
    text.append(create("span", image.name), create("br"), score);
    button.append(thumbnail, text, tag);
    button.addEventListener("click", () => this.#onSelect(image));
    const item = create("li");
    item.append(button);
    this.#list.prepend(item);
    this.#entries.set(image, { button, thumbnail, tag, score });
  }

  /** Draws the small picture of an image whose pixels are there. */
  draw(image: Inspected): void {
    drawThumbnail(this.#entries.get(image)!.thumbnail, image.scored!.image);
  }

  /** Writes down what an image's verdict is now. */
  judge(image: Inspected, verdict: string): void {
    const { button, tag, score } = this.#entries.get(image)!;
    button.dataset.verdict = verdict;
    if (image.score !== undefined) button.dataset.score = String(image.score);
    tag.textContent = WORDS[verdict] ?? "Failed";
    score.textContent = image.failure ?? figure(image.score!);
  }

  /** Says how many there are of each verdict. */
  count(): void {
    const verdicts = [...this.#entries.values()].map(({ button }) => button.dataset.verdict);
    const number = (verdict: string) => verdicts.filter((other) => other === verdict).length;
    const review = number("review") > 0 ? `, ${number("review")} to review` : "";
    const failed = number("failed") > 0 ? `, ${number("failed")} not inspected` : "";
    const counts = `${number("defect")} defective, ${number("good")} good${review}${failed}`;
    byId("counts", HTMLElement).textContent = counts;
  }

  select(image: Inspected): void {
    for (const [other, { button }] of this.#entries) {
      button.setAttribute("aria-current", String(other === image));
    }
  }

  /** From the entry that has the keyboard to the one above or below it. */
  #step(event: KeyboardEvent): void {
    const step = { ArrowDown: -1, ArrowUp: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const entries = [...this.#entries];
    const at = entries.findIndex(([, { button }]) => button === document.activeElement);
    const next = entries[at + step];
    if (next === undefined) return;
    next[1].button.focus();
    this.#onSelect(next[0]);
  }
}
