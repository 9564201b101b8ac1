import type { Command } from "commander";
import type { Context } from "../context.ts";
import { EXIT } from "../exit-code.ts";
import type { ExportForm, ExportOptions } from "../export/form.ts";
import { BATCH, FULL } from "../export/full.ts";
import { PRECISION, refuseStrays } from "../export/precision.ts";
import { TRITON } from "../export/triton.ts";
import { WEB } from "../export/web.ts";
import { addCommonOptions, invalidOption, threadCount } from "../options.ts";
import type { Perform } from "../perform.ts";

/** The forms in the order in which they are made; what takes a model's place comes before what is made of it. */
const FORMS: readonly ExportForm[] = [PRECISION, WEB, FULL, BATCH, TRITON];

export function defineExport(command: Command, perform: Perform): void {
  command
    .description(
      "Writes a model in another form: smaller and faster, deciding by itself, for other programs and servers, or as a page for browsers.",
    )
    .argument("<model>", "a trained model, such as rsad-bottle/model.onnx");
  for (const form of FORMS) form.addOptions(command);
  command
    .option(
      "--threads <n>",
      "with --precision: threads of the runtime (default: the number of cores)",
      threadCount(),
    )
    .option("--force", "replace what is there")
    .addHelpText("after", helpText());
  addCommonOptions(command).action((model: string, options: ExportOptions) =>
    perform(options, (context) => exportModel(model, options, context)),
  );
}

function helpText(): string {
  const examples = FORMS.flatMap((form) => form.examples).map((example) => `  ${example}`);
  return [
    ...FORMS.map((form) => form.help).filter((help) => help !== ""),
    "",
    "Examples:",
    ...examples,
    "",
  ].join("\n");
}

async function exportModel(given: string, options: ExportOptions, context: Context): Promise<number> {
  const asked = FORMS.filter((form) => form.isAsked(options));
  if (asked.length === 0) {
    const known = FORMS.map((form) => form.option).join(" or ");
    throw invalidOption("the form of export", known, "none", "Say what to write; `rsad export --help`.");
  }
  refuseStrays(options);
  const steps: { form: ExportForm; model: string }[] = [];
  let model = given;
  for (const form of asked) {
    await form.check(model, options, given);
    steps.push({ form, model });
    model = form.outputOf?.(model, options) ?? model;
  }
  let json = {};
  for (const { form, model } of steps) {
    const exported = await form.write(model, options, context);
    context.print(exported.text);
    json = { ...json, ...exported.json };
  }
  context.printJson(json);
  return EXIT.ok;
}
