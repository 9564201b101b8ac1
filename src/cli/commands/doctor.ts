import type { Command } from "commander";
import { checkDataset, checkSuite, type Finding, SUITE_IDS, type SuiteId } from "../../datasets/index.ts";
import { checkMachine, type MachineFinding } from "../../report/index.ts";
import type { Context } from "../context.ts";
import { countClasses, countsTable } from "../count-classes.ts";
import { EXIT } from "../exit-code.ts";
import { addCommonOptions, type CommonOptions, invalidOption, oneOf } from "../options.ts";
import type { Perform } from "../perform.ts";

interface Options extends CommonOptions {
  readonly suite?: SuiteId;
}

const EXAMPLES = `
Checks Node, the runtime, memory, disk and the embedded backbone. With a data set it also opens every image and mask,
and looks for files that cannot be read, masks that do not fit, images that occur twice, and the like. With --suite the
folder is a benchmark's: its classes are counted and compared with the data set's publication, by the names of files
alone. Changes nothing.

Exit code: 0 nothing stands in the way (there may be warnings), 2 something does.

Examples:
  rsad doctor
  rsad doctor data/bottle
  rsad doctor data/bottle --json
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
    .addHelpText("after", EXAMPLES);
  addCommonOptions(command).action((folder: string | undefined, options: Options) =>
    perform(options, (context) => examine(folder, options.suite, context)),
  );
}

async function examine(
  folder: string | undefined,
  suiteId: SuiteId | undefined,
  context: Context,
): Promise<number> {
  if (suiteId !== undefined && folder === undefined) {
    throw invalidOption(
      "--suite",
      "a folder beside it",
      "none",
      `For example rsad doctor data --suite ${suiteId}.`,
    );
  }
  const machine = await checkMachine();
  context.print(["This machine", ...machine.map((finding) => describe(finding, "ok"))].join("\n"));
  const data = folder === undefined ? undefined : await examineData(folder, suiteId, context);
  const ok = [...machine, ...(data?.findings ?? [])].every(({ severity }) => severity !== "error");
  context.print(ok ? "\nNothing stands in the way." : "\nMend what is marked as an error first.");
  context.printJson({ ok, machine, dataset: data?.findings, classes: data?.classes });
  return ok ? EXIT.ok : EXIT.error;
}

/** Prints and returns what there is to say of a data set or a suite. */
async function examineData(folder: string, suiteId: SuiteId | undefined, context: Context) {
  const { onProgress } = context;
  const { findings, suite = undefined } =
    suiteId === undefined
      ? { findings: await checkDataset(folder, onProgress === undefined ? {} : { onProgress }) }
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
