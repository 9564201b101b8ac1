import { Command, CommanderError } from "commander";
import { VERSION } from "../version.ts";
import { checkArguments } from "./check-arguments.ts";
import { COMMANDS } from "./command-list.ts";
import { Context } from "./context.ts";
import { EXIT } from "./exit-code.ts";
import { describeFailure } from "./failure.ts";
import type { Io } from "./io.ts";
import { addCommonOptions, type CommonOptions } from "./options.ts";
import type { Perform } from "./perform.ts";
import { usageError } from "./usage-error.ts";

/**
 * Runs the command line `rsad <args>` and returns its exit code. Never throws and never exits; writes to `io` alone.
 *
 * @example
 * const code = await run(["inspect", "model.onnx", "part.png"], io);
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  let exitCode: number = EXIT.ok;
  let context = new Context(io, givenOptions(args));
  const program = createProgram(io);
  try {
    await addCommands(program, args, async (options, action) => {
      context = new Context(io, options);
      exitCode = await action(context);
    });
    checkArguments(commandOf(program, args), args);
    await program.parseAsync(asksForAll(args) ? ["--help"] : args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
    if (io.signal.aborted) return interrupted(context);
    const shown = error instanceof CommanderError ? usageError(error, commandOf(program, args)) : error;
    context.complain(shown);
    context.printJson({ error: describeFailure(shown) });
    return EXIT.error;
  }
}

const EXAMPLES = `
Examples:
  rsad demo                                         see the whole of it on made-up parts
  rsad train data/bottle                            learn from good images
  rsad evaluate rsad-bottle/model.onnx data/bottle  measure on labelled images
  rsad inspect rsad-bottle/model.onnx part.png      judge new images
  rsad <command> --help                             options and examples
`;

function createProgram(io: Io): Command {
  return (
    new Command("rsad")
      .description("Finds defects on parts, having learned from images of good parts alone.")
      .version(VERSION, "-V, --version", "print the version")
      .helpOption("-h, --help", "print this help")
      .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: () => {} })
      .showSuggestionAfterError()
      // A command and those below it may have options of the same name: they are those of the last command named.
      .enablePositionalOptions()
      .exitOverride()
      .addHelpText("after", EXAMPLES)
  );
}

/** Adds the command that the arguments name, and of the others what the program's help says of them. */
async function addCommands(program: Command, args: readonly string[], perform: Perform): Promise<void> {
  const named = args.find((arg) => COMMANDS.some(({ name }) => name === arg));
  for (const { name, args: usage, summary, load } of COMMANDS) {
    if (name === named) {
      const define = await load();
      define(program.command(name).summary(summary), perform);
    } else if (usage === undefined) program.command(name).summary(summary);
    else addCommonOptions(program.command(`${name} ${usage}`).summary(summary));
  }
}

/** Nothing, or help on help. */
function asksForAll(args: readonly string[]): boolean {
  return args.length === 0 || (args.length === 2 && args.every((arg) => arg === "help"));
}

function interrupted(context: Context): number {
  const hint = context.resumeHint;
  context.note(hint === undefined ? "Interrupted." : `Interrupted. ${hint}`);
  context.printJson({ error: { code: "RSAD_INTERRUPTED", message: "Interrupted.", hint: hint ?? "" } });
  return EXIT.interrupted;
}

/** The common options as they stand in the arguments, for errors in the arguments themselves. */
function givenOptions(args: readonly string[]): CommonOptions {
  const before = args.slice(0, args.includes("--") ? args.indexOf("--") : undefined);
  const given = (flag: string) => (before.includes(flag) ? (true as const) : undefined);
  return {
    ...(given("--json") && { json: true }),
    ...(given("--quiet") && { quiet: true }),
    ...(given("--debug") && { debug: true }),
  };
}

/** The command that the arguments name, as far as they name one. */
function commandOf(program: Command, args: readonly string[]): Command {
  let command = program;
  for (const arg of args) {
    const next = command.commands.find((candidate) => candidate.name() === arg);
    if (next === undefined) break;
    command = next;
  }
  return command;
}
