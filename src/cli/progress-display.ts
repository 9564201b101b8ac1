import cliProgress from "cli-progress";
import type { OnProgress, Progress } from "../progress.ts";
import type { Output } from "./io.ts";

/**
 * Shows progress on stderr: on a terminal a bar for each phase with the time left, otherwise one line as a phase begins. A phase
 * that begins at its end is not shown.
 */
export class ProgressDisplay {
  readonly #stream: Output;
  #bar: cliProgress.SingleBar | undefined;
  #phase: string | undefined;

  constructor(stream: Output) {
    this.#stream = stream;
  }

  readonly onProgress: OnProgress = (progress) => {
    const begins = progress.phase !== this.#phase;
    if (begins && progress.done >= progress.total) return;
    if (begins || (this.#stream.isTTY && this.#bar === undefined)) {
      this.#begin(progress);
    }
    this.#bar?.update(progress.done, words(progress));
    if (progress.done < progress.total) return;
    this.stop();
    this.#phase = undefined;
  };

  /** Leaves the bar as it stands, so that other lines can follow; more progress of the same phase draws it anew. */
  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }

  #begin(progress: Progress): void {
    const { phase, done, total, left } = progress;
    this.stop();
    this.#phase = phase;
    if (!this.#stream.isTTY) {
      this.#stream.write(`${phase} (${total - done})\n`);
      return;
    }
    this.#bar = new cliProgress.SingleBar({
      format: `${phase.padEnd(20)} {bar} {percentage} % | {value}/{total} | ${left === undefined ? "{eta_formatted}" : "{left}"} left {detail}`,
      barCompleteChar: "\u2588",
      barIncompleteChar: "\u2591",
      barsize: 28,
      etaBuffer: 40,
      // Words stand for what is not known yet, and would be cut to "NFs" (infinite), or taken for zero seconds.
      formatTime: (seconds, options, multiple) =>
        typeof seconds === "number" ? cliProgress.Format.TimeFormat(seconds, options, multiple) : "?",
      hideCursor: true,
      gracefulExit: false,
      stream: this.#stream,
    });
    this.#bar.start(total, done, words(progress));
  }
}

function words({ detail = "", left }: Progress): { detail: string; left: string } {
  return { detail, left: left || "?" };
}
