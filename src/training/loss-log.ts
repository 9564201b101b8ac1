import { appendFile, readFile } from "node:fs/promises";
import { fileError, removeTemporaries, writeFileAtomic } from "../files.ts";

/** What one step reported. */
export interface LossPoint {
  /** 1 for the first step. */
  readonly step: number;
  /** Passes over the images begun. */
  readonly epoch: number;
  readonly loss: number;
  readonly segmentation: number;
  readonly classification: number;
  /** Share of normal patches above the margin. */
  readonly accepted: number;
  /** Share of pseudo-defects below the negative margin. */
  readonly rejected: number;
  readonly [other: string]: number;
}

/** Losses as JSON lines. Lines are written in step with the checkpoints, so that a resumed run continues them. */
export class LossLog {
  readonly #path: string;
  readonly #points: LossPoint[] = [];
  #written = 0;

  constructor(path: string) {
    this.#path = path;
  }

  get points(): readonly LossPoint[] {
    return this.#points;
  }

  /** Begins anew after `step` steps, keeping what the file knows of those. */
  async open(step: number): Promise<void> {
    const text = step === 0 ? "" : await this.#read();
    for (const line of text.split("\n")) {
      const point = parse(line);
      if (point !== undefined && point.step <= step) this.#points.push(point);
    }
    this.#written = this.#points.length;
    await removeTemporaries(this.#path);
    await writeFileAtomic(this.#path, this.#points.map(format).join(""));
  }

  add(point: LossPoint): void {
    this.#points.push(point);
  }

  async flush(): Promise<void> {
    const lines = this.#points.slice(this.#written).map(format).join("");
    await appendFile(this.#path, lines, { flush: true }).catch((cause) => {
      throw fileError(cause, this.#path);
    });
    this.#written = this.#points.length;
  }

  async #read(): Promise<string> {
    return readFile(this.#path, "utf8").catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "ENOENT") return "";
      throw fileError(cause, this.#path);
    });
  }
}

function format(point: LossPoint): string {
  return `${JSON.stringify(point)}\n`;
}

/** A line that a killed process left half written is no point. */
function parse(line: string): LossPoint | undefined {
  try {
    const point = JSON.parse(line) as LossPoint | null;
    return typeof point?.step === "number" ? point : undefined;
  } catch {
    return undefined;
  }
}
