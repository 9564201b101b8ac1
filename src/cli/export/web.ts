import { readdir } from "node:fs/promises";
import type { Command } from "commander";
import { writeWebFolder } from "../../deployment/index.ts";
import { shellWord } from "../../shell-word.ts";
import type { Context } from "../context.ts";
import { invalidOption } from "../options.ts";
import type { Exported, ExportForm, ExportOptions } from "./form.ts";

interface WebOptions extends ExportOptions {
  readonly web?: string;
}

/** A folder with a page that runs the model in the browser. */
export const WEB: ExportForm = {
  option: "--web <dir>",
  help: `
--web writes a folder for any static file server: a page that inspects images on the device that shows it. Nothing is uploaded.
With --precision the page has the smaller model.`,
  examples: ["rsad export rsad-bottle/model.onnx --web bottle-page"],
  addOptions: (command: Command) => {
    command.option("--web <dir>", "write a page that runs the model in a browser, to a folder");
  },
  isAsked: ({ web }: WebOptions) => web !== undefined,
  check,
  write,
};

async function check(_model: string, { web, force }: WebOptions): Promise<void> {
  const isEmpty = (await readdir(web!).catch(() => [])).length === 0;
  if (isEmpty || force) return;
  const hint = "Choose another --web, or add --force: files of the same names are replaced.";
  throw invalidOption("--web", "a folder that is empty or not there yet", web, hint);
}

async function write(model: string, { web }: WebOptions, context: Context): Promise<Exported> {
  context.resumeHint = "The page is not whole; run the same command again, with --force.";
  const { files } = await writeWebFolder({ model, output: web!, signal: context.signal });
  context.resumeHint = undefined;
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    text: [
      `Page         ${web}, ${files.length} files, ${(total / 1e6).toFixed(1)} MB`,
      `Next         serve the folder by any web server, such as: npx serve ${shellWord(web!)}`,
    ].join("\n"),
    json: { web: { folder: web, files } },
  };
}
