import { readdir } from "node:fs/promises";
import type { Command } from "commander";
import { openDataset } from "../../datasets/index.ts";
import { verify, writeWebFolder } from "../../deployment/index.ts";
import { readSource } from "../../files.ts";
import { decodeMetadata } from "../../model/index.ts";
import { shellWord } from "../../shell-word.ts";
import type { Context } from "../context.ts";
import { checkAgreement, describeRounding } from "../describe-verification.ts";
import { invalidOption } from "../options.ts";
import { spreadOver } from "../spread-over.ts";
import type { Exported, ExportForm, ExportOptions } from "./form.ts";

interface WebOptions extends ExportOptions {
  readonly web?: string;
  /** Good images, of --precision. */
  readonly images?: string;
}

/** A folder with a page that runs the model in the browser. */
export const WEB: ExportForm = {
  option: "--web <dir>",
  help: `
--web writes a folder for any static file server: a page that inspects images on the device that shows it. Nothing is uploaded.
With --precision the page has the smaller model, which is also written as its own file. fp16 scores in a browser as it does here; int8 does not quite, since a
browser rounds otherwise: by how much is measured on a few of --images and told.`,
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

async function write(model: string, { web, images }: WebOptions, context: Context): Promise<Exported> {
  await warnOfIntegers(model, images, context);
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

/** So few show the size of the difference, in a few seconds. */
const COMPARED_IMAGES = 8;

/**
 * Says how far an int8 model's scores in browsers are from those here; nothing of others. Throws RSAD_PATHS_DISAGREE
 * for one that is of no use there.
 */
async function warnOfIntegers(model: string, images: string | undefined, context: Context): Promise<void> {
  const { bytes, subject } = await readSource(model, "the model");
  if (decodeMetadata(bytes, subject).precision?.weights !== "int8") return;
  if (images === undefined) {
    const command = `rsad verify ${shellWord(model)} IMAGE...`;
    context.warn(
      `int8: a browser rounds otherwise, so scores there are others. ${command} says by how much.`,
    );
    return;
  }
  const { onProgress, signal } = context;
  const { train } = await openDataset(images);
  const compared = spreadOver(train, COMPARED_IMAGES).map(({ path }) => path);
  const verification = await verify({ model, images: compared, onProgress, signal });
  checkAgreement(verification, model);
  context.warn(describeRounding(verification)!);
}
