import type { Command } from "commander";
import { checkDataset, type Finding } from "../../datasets/index.ts";
import { checkMachine, type MachineFinding } from "../../report/index.ts";
import type { Context } from "../context.ts";
import { EXIT } from "../exit-code.ts";
import { addCommonOptions, type CommonOptions } from "../options.ts";
import type { Perform } from "../perform.ts";

const EXAMPLES = `
Checks Node, the runtime, memory, disk and the embedded backbone. With a data set it also opens every image and mask,
and looks for files that cannot be read, masks that do not fit, images that occur twice, and the like.
Changes nothing.

Exit code: 0 nothing stands in the way (there may be warnings), 2 something does.

Examples:
  rsad doctor
  rsad doctor data/bottle
  rsad doctor data/bottle --json
`;

export function addDoctor(program: Command, perform: Perform): void {
  const command = program
    .command("doctor")
    .summary("say what is wrong with a data set or this machine")
    .description("Says what is wrong with a data set or this machine, and what to do about it.")
    .argument(
      "[dir]",
      "a data set: a folder of good images, or the layout train/good, test/<type>, ground_truth/<type>",
    )
    .addHelpText("after", EXAMPLES);
  addCommonOptions(command).action((folder: string | undefined, options: CommonOptions) =>
    perform(options, (context) => examine(folder, context)),
  );
}

async function examine(folder: string | undefined, context: Context): Promise<number> {
  const machine = await checkMachine();
  const dataset =
    folder === undefined
      ? undefined
      : await checkDataset(
          folder,
          context.onProgress === undefined ? {} : { onProgress: context.onProgress },
        );
  const all = [...machine, ...(dataset ?? [])];
  const ok = all.every(({ severity }) => severity !== "error");
  context.print(["This machine", ...machine.map((finding) => describe(finding, "ok"))].join("\n"));
  if (dataset !== undefined) {
    const findings =
      dataset.length > 0
        ? dataset.map((finding) => describe(finding, "note"))
        : ["  ok       Nothing is wrong."];
    context.print([`\nThe data set ${folder}`, ...findings].join("\n"));
  }
  context.print(ok ? "\nNothing stands in the way." : "\nMend what is marked as an error first.");
  context.printJson({ ok, machine, dataset });
  return ok ? EXIT.ok : EXIT.error;
}

/** `info` is what a finding is called that asks for nothing. */
function describe(finding: Finding | MachineFinding, info: string): string {
  const { severity, code, subject, message, hint } = finding;
  const line = `  ${(severity === "info" ? info : severity).padEnd(8)} ${subject}: ${message}`;
  return severity === "info" ? line : `${line}\n           ${hint} (${code})`;
}
