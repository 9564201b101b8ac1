import type { OnProgress, Progress } from "../progress.ts";
import { formatFailure } from "./failure.ts";
import type { Io } from "./io.ts";
import type { CommonOptions } from "./options.ts";
import { ProgressDisplay } from "./progress-display.ts";

/** What a command's action is given to talk with, so that --json, --quiet and --debug hold everywhere. */
export class Context {
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress | undefined;
  /** What an interruption leaves, if that is not plain, and what the user can do then. */
  resumeHint: string | undefined;
  readonly #io: Io;
  readonly #options: CommonOptions;
  readonly #display: ProgressDisplay;

  constructor(io: Io, options: CommonOptions) {
    this.signal = io.signal;
    this.#io = io;
    this.#options = options;
    this.#display = new ProgressDisplay(io.stderr);
    this.onProgress = options.quiet ? undefined : this.#display.onProgress;
  }

  /** Progress of work that prints a line for each step: shown only where the two do not meet on one terminal. */
  progressBeside(progress: Progress): void {
    if (this.#options.json || !this.#io.stdout.isTTY) this.onProgress?.(progress);
  }

  /** Prints a result for people, on stdout; nothing with --json. */
  print(text: string): void {
    if (this.#options.json) return;
    if (this.#io.stdout.isTTY) this.#display.stop();
    this.#io.stdout.write(`${text}\n`);
  }

  /** Prints the result for machines, on stdout; nothing without --json. */
  printJson(document: unknown): void {
    this.#display.stop();
    if (this.#options.json) this.#io.stdout.write(`${readable(document)}\n`);
  }

  /** Says on stderr what is going on; nothing with --quiet. */
  note(text: string): void {
    if (this.#options.quiet) return;
    this.#display.stop();
    this.#io.stderr.write(`${text}\n`);
  }

  /** Says on stderr what the user has to know, always. */
  warn(text: string): void {
    this.#display.stop();
    this.#io.stderr.write(`${text}\n`);
  }

  /** Prints an error on stderr, always. */
  complain(error: unknown): void {
    this.#display.stop();
    const { colour } = this.#io;
    this.#io.stderr.write(formatFailure(error, { colour, debug: this.#options.debug === true }));
  }
}

/** JSON in lines, lists of numbers in one each: an outline of a thousand corners takes a thousand. */
function readable(document: unknown): string {
  const text = JSON.stringify(document, null, 2);
  // Line breaks within strings are escaped, so what is found here is no text.
  return text.replaceAll(/\[\n[-+.\deE,\s]+\]/g, (list) => list.replaceAll(/\s+/g, "").replaceAll(",", ", "));
}
