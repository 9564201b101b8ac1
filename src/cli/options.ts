import type { Command } from "commander";
import { didYouMean } from "../did-you-mean.ts";
import { RsadError } from "../errors.ts";
import { MOST_THREADS } from "../threads.ts";

/** Options that every command has. */
export interface CommonOptions {
  readonly json?: true;
  readonly quiet?: true;
  readonly debug?: true;
}

export function addCommonOptions(command: Command): Command {
  return command
    .option("--json", "print one JSON document on stdout instead of text, errors included")
    .option("--quiet", "say nothing of progress on stderr")
    .option("--debug", "show the stack trace of an error");
}

/** A parser for whole numbers of at least `least`, and at most `most`. */
export function wholeNumber(
  option: string,
  least = 0,
  most = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isSafeInteger(value) && value >= least && value <= most) return value;
    const limit = value > most ? `at most ${most}` : `at least ${least}`;
    throw invalidOption(option, `a whole number of ${limit}`, text, `For example ${option} ${least + 1}.`);
  };
}

/** A parser for `--threads`. */
export function threadCount(): (text: string) => number {
  return wholeNumber("--threads", 1, MOST_THREADS);
}

/** A parser for finite numbers. */
export function finiteNumber(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isFinite(value)) return value;
    throw invalidOption(option, "a number", text, `For example ${option} 0.5.`);
  };
}

/** A parser for finite numbers above 0. */
export function positiveNumber(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
    throw invalidOption(option, "a number above 0", text, `For example ${option} 0.05.`);
  };
}

/** A parser for numbers from 0 to `most`. */
export function numberUpTo(most: number, option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && value >= 0 && value <= most) return value;
    throw invalidOption(option, `a number from 0 to ${most}`, text, `For example ${option} 0.5.`);
  };
}

/** A parser for shares above 0 and below 1, such as 1% or 0.01. */
export function share(option: string): (text: string) => number {
  return (text) => {
    const [, digits = "", sign] = /^\s*(.*?)\s*(%?)\s*$/.exec(text)!;
    const value = Number(digits) / (sign === "%" ? 100 : 1);
    if (digits !== "" && value > 0 && value < 1) return value;
    throw invalidOption(
      option,
      "a share above 0 and below 1, such as 1% or 0.01",
      text,
      `For example ${option} 1%.`,
    );
  };
}

/** A parser for one of a few words. `meant` is the beginning of a hint for another one. */
export function oneOf<const Words extends readonly string[]>(
  option: string,
  words: Words,
  meant: (text: string, words: readonly string[]) => string = didYouMean,
): (text: string) => Words[number] {
  return (text) => {
    if (words.includes(text)) return text;
    throw invalidOption(
      option,
      words.join(" or "),
      text,
      `${meant(text, words)}For example ${option} ${words[0]}.`,
    );
  };
}

/** A parser for options that may be given several times. */
export function collect(value: string, values: readonly string[] = []): string[] {
  return [...values, value];
}

export function invalidOption(option: string, expected: string, received: unknown, hint: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", { subject: option, expected, received, hint });
}
