import type { Command } from "commander";
import { checkDataset, checkSuite, type Finding, SUITE_IDS, type SuiteId } from "../../datasets/index.ts";
import { checkMachine, type MachineFinding } from "../../report/index.ts";
import type { Context } from "../context.ts";
import { countClasses, countsTable } from "../count-classes.ts";
import { addDeviceOption } from "../device.ts";
import { EXIT } from "../exit-code.ts";
import { describeSuspects, prepareSuspects, type SuspectsOptions } from "../find-suspects-in.ts";
import {
  addCommonOptions,
  type CommonOptions,
  collect,
  invalidOption,
  oneOf,
  threadCount,
  wholeNumber,
} from "../options.ts";
import type { Perform } from "../perform.ts";

interface Options extends CommonOptions, SuspectsOptions {
  readonly suite?: SuiteId;
  readonly suspects?: true;
}

const SUSPECTS_ONLY = ["out", "backbone", "set", "seed", "threads", "device"] as const;

const EXAMPLES = `
Checks Node, the runtime, memory, disk and the embedded backbone. With a data set it also opens every image and mask,
and looks for files that cannot be read, masks that do not fit, images that occur twice, and the like. With --suite the
folder is a benchmark's: its classes are counted and compared with the data set's publication, by the names of files
alone. Changes nothing.

With --suspects it also ranks the good images by how little each looks like the others: every one is scored by a detector
that was fitted on other images. It writes suspects.html, on which the strangest are shown and can be marked, and the whole
ranking as suspects.csv and suspects.json. rsad train --without takes the list of the marked ones. Strange is not
defective: a person has to look. Takes about as long as reading all images through the network, and then as long again.

Exit code: 0 nothing stands in the way (there may be warnings), 2 something does.

Examples:
  rsad doctor
  rsad doctor data/bottle
  rsad doctor data/bottle --json
  rsad doctor data/bottle --suspects
  rsad doctor data/bottle --suspects --backbone wide_resnet50_2 --out bottle-suspects
  rsad doctor data/MPDD --suite mpdd
`;

export function defineDoctor(command: Command, perform: Perform): void {
  command
    .description("Says what is wrong with a data set or this machine, and what to do about it.")
    .argument(
      "[dir]",
      "a data set: a folder of good images, or the layout train/good, test/<type>, ground_truth/<type>",
    )
    .option("--suite <name>", `the folder is a suite's: ${SUITE_IDS.join(", ")}`, oneOf("--suite", SUITE_IDS))
    .option("--suspects", "rank the good images by how little they look like the others")
    .option("--out <dir>", "folder for the suspects (default: rsad-suspects-<name of the data set>)")
    .option("--backbone <name|file>", "the network that the suspects are found with (default: embedded)")
    .option(
      "--set <field=value>",
      "a field below preprocessing or aggregation, as rsad train has it",
      collect,
    )
    .option("--seed <n>", "where the suspects' random numbers start (default: 0)", wholeNumber("--seed"))
    .option("--threads <n>", "threads of the runtime (default: the number of cores)", threadCount())
    .addHelpText("after", EXAMPLES);
  addCommonOptions(addDeviceOption(command)).action((folder: string | undefined, options: Options) =>
    perform(options, (context) => examine(folder, options, context)),
  );
}

async function examine(folder: string | undefined, options: Options, context: Context): Promise<number> {
  const { suite: suiteId } = options;
  checkSuspectsOptions(folder, options);
  if (suiteId !== undefined && folder === undefined) {
    throw invalidOption(
      "--suite",
      "a folder beside it",
      "none",
      `For example rsad doctor data --suite ${suiteId}.`,
    );
  }
  // What is wrong with the options is said now, not after all images were read.
  const findSuspects = options.suspects ? await prepareSuspects(folder!, options, context) : undefined;
  context.resumeHint = "Nothing is changed; run the same command again.";
  const machine = await checkMachine();
  context.print(["This machine", ...machine.map((finding) => describe(finding, "ok"))].join("\n"));
  const data = folder === undefined ? undefined : await examineData(folder, suiteId, context);
  const ok = [...machine, ...(data?.findings ?? [])].every(({ severity }) => severity !== "error");
  context.print(ok ? "\nNothing stands in the way." : "\nMend what is marked as an error first.");
  const found = await findSuspects?.();
  if (found !== undefined) context.print(`\n${describeSuspects(folder!, found)}`);
  context.printJson({ ok, machine, dataset: data?.findings, classes: data?.classes, ...found });
  return ok ? EXIT.ok : EXIT.error;
}

/** Refuses --suspects where there is nothing to rank, and options that only it has a use for. */
function checkSuspectsOptions(folder: string | undefined, options: Options): void {
  if (options.suspects) {
    const hint = "For example rsad doctor data/bottle --suspects.";
    if (folder === undefined) throw invalidOption("--suspects", "a data set beside it", "none", hint);
    if (options.suite) throw invalidOption("--suspects", "one data set", `the suite ${options.suite}`, hint);
    return;
  }
  const idle = SUSPECTS_ONLY.find((name) => options[name] !== undefined);
  if (idle === undefined) return;
  throw invalidOption(`--${idle}`, "--suspects beside it", "none", "Without --suspects nothing is computed.");
}

/** Prints and returns what there is to say of a data set or a suite. */
async function examineData(folder: string, suiteId: SuiteId | undefined, context: Context) {
  const { onProgress, signal } = context;
  const { findings, suite = undefined } =
    suiteId === undefined
      ? { findings: await checkDataset(folder, { onProgress, signal }) }
      : await checkSuite(suiteId, folder);
  const classes = suite && countClasses(suite);
  context.print(
    [
      `\nThe ${suiteId === undefined ? "data set" : `suite ${suiteId} in`} ${folder}`,
      ...(classes === undefined ? [] : [countsTable(classes), ""]),
      ...(findings.length === 0
        ? ["  ok       Nothing is wrong."]
        : findings.map((finding) => describe(finding, "note"))),
    ].join("\n"),
  );
  return { findings, classes };
}

/** `info` is what a finding is called that asks for nothing. */
function describe(finding: Finding | MachineFinding, info: string): string {
  const { severity, code, subject, message, hint } = finding;
  const line = `  ${(severity === "info" ? info : severity).padEnd(8)} ${subject}: ${message}`;
  return severity === "info" ? line : `${line}\n           ${hint} (${code})`;
}
