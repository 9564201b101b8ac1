import type { Command, CommanderError } from "commander";
import { type ErrorDetails, RsadError } from "../errors.ts";
import { hintOfTaken, nameOf } from "./check-arguments.ts";

type Complaint = Pick<ErrorDetails, "expected" | "received"> & { readonly subject?: string };

/** What the command line parser has to say, in the form that every other error has. */
export function usageError(error: CommanderError, of: Command): RsadError {
  const command = nameOf(of);
  const [text = "", suggestion] = error.message.replace(/^error: /, "").split("\n");
  const help = `\`${command} --help\` shows what there is.`;
  const [, meant] = suggestion?.match(/\(Did you mean (.*)\?\)/) ?? [];
  const more = meant === undefined ? hintOf(error.code, of) : `Did you mean ${meant}?`;
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: `\`${command}\``,
    ...complaint(error.code, text),
    hint: more === undefined ? help : `${more} ${help}`,
    cause: error,
  });
}

function hintOf(code: string, command: Command): string | undefined {
  if (code === "commander.missingArgument") return hintOfTaken(command);
  if (code === "commander.unknownOption" && command.commands.length > 0)
    return "Options stand after the command.";
  return undefined;
}

function complaint(code: string, text: string): Complaint {
  const [, named = text] = text.match(/'([^']*)'/) ?? [];
  switch (code) {
    case "commander.unknownOption":
      return { expected: "a known option", received: named };
    case "commander.unknownCommand":
      return { expected: "a known command", received: named };
    case "commander.help":
      return { expected: "a command", received: "nothing" };
    case "commander.missingArgument":
      return { expected: `the argument <${named}>`, received: "nothing" };
    case "commander.optionMissingArgument":
      return { subject: named, expected: "a value", received: "nothing" };
    case "commander.excessArguments": {
      const [expected = "fewer", received = "more"] = text.match(/\d+/g) ?? [];
      return { expected: expected === "1" ? "1 argument" : `${expected} arguments`, received };
    }
    default:
      return { expected: "arguments that fit together", received: text };
  }
}
