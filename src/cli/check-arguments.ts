import type { Command, Option } from "commander";
import type { RsadError } from "../errors.ts";
import { invalidOption } from "./options.ts";

/**
 * Refuses what the parser takes for a value and nobody means as one: an empty text, and an option after an option that wants a value.
 * Throws RSAD_ARGUMENT_INVALID.
 */
export function checkArguments(command: Command, args: readonly string[]): void {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  for (const [i, arg] of args.entries()) {
    const before = i > 0 && i <= end ? args[i - 1]! : "";
    const option = optionOf(command, before);
    if (arg === "") throw emptyArgument(option?.required ? option.flags : "an argument");
    if (option?.required && optionOf(command, arg) !== undefined) throw swallowed(option, arg);
  }
}

/** The value that an option took though it can stand alone, where an argument is missing: it may be that argument. */
export function hintOfTaken(command: Command): string | undefined {
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName());
    if (!option.optional || typeof value !== "string") continue;
    return `${option.long} has taken ${value} for its own. Name it before ${option.long}.`;
  }
  return undefined;
}

function optionOf(command: Command, flag: string): Option | undefined {
  return command.options.find(({ short, long }) => flag === short || flag === long);
}

function emptyArgument(subject: string): RsadError {
  return invalidOption(
    subject,
    "a value",
    "an empty text",
    "A variable of the shell that is not set leaves one.",
  );
}

function swallowed({ flags }: Option, received: string): RsadError {
  const hint = `Give the value before the next option. A file of that name is written ./${received}.`;
  return invalidOption(flags, "a value", `the option ${received}`, hint);
}
