import type { Command, Option } from "commander";
import { didYouMean } from "../did-you-mean.ts";
import type { RsadError } from "../errors.ts";
import { invalidOption } from "./options.ts";

/**
 * Refuses what the parser takes for a value and nobody means as one: an empty text, and an option after an option that wants a value; and help on
 * a command that there is not. Throws RSAD_ARGUMENT_INVALID.
 */
export function checkArguments(command: Command, args: readonly string[]): void {
  checkTopic(command, args);
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

/** With the names of the commands that it belongs to. */
export function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

function checkTopic(command: Command, args: readonly string[]): void {
  const [help, topic = ""] = args.slice(nameOf(command).split(" ").length - 1);
  const known = ["help", ...command.commands.map((below) => below.name())];
  if (known.length === 1 || help !== "help" || /^(-|$)/.test(topic) || known.includes(topic)) return;
  const hint = `${didYouMean(topic, known)}\`${nameOf(command)} --help\` shows what there is.`;
  throw invalidOption(`\`${nameOf(command)} help\``, "a known command", topic, hint);
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
