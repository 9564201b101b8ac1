import type { Command } from "commander";
import {
  addBackbone,
  describeBackbone,
  isHashWhole,
  listBackbones,
  pullBackbone,
  removeBackbone,
} from "../../backbones/index.ts";
import type { Context } from "../context.ts";
import { backboneTable, describeInfo, limits } from "../describe-backbone.ts";
import { EXIT } from "../exit-code.ts";
import { addCommonOptions, type CommonOptions } from "../options.ts";
import type { Perform } from "../perform.ts";

interface AddOptions extends CommonOptions {
  readonly architecture?: string;
  readonly taps?: string;
  readonly channels?: string;
  readonly scale?: string;
  readonly mean?: string;
  readonly std?: string;
  readonly force?: true;
}

const EXAMPLES = `
Backbones are kept in the folder backbones of the platform's cache folder, or of the one that the environment variable
RSAD_CACHE_DIR names. Nothing is downloaded but by pull. Each command has --json, --quiet and --debug.

Examples:
  rsad backbones list
  rsad backbones info wide_resnet50_2
  rsad backbones pull wide_resnet50_2
  rsad backbones add wide_resnet50_2 wide_resnet50_2-95faca4d.pth
  rsad train data/bottle --backbone wide_resnet50_2
`;

const PULL_EXAMPLES = `
Says what the licence allows before it begins, and asks nothing. Size and hash are checked. An interrupted download goes
on where it stopped when the command is run again. HTTPS_PROXY, HTTP_PROXY and NO_PROXY are heeded; NODE_EXTRA_CA_CERTS
names the certificate of a proxy that signs connections anew.

Examples:
  rsad backbones pull wide_resnet50_2
  HTTPS_PROXY=http://proxy.example:8080 rsad backbones pull vit_small_patch14_dinov2
`;

const ADD_EXAMPLES = `
For machines without a network, and for networks of your own. Known weights are told by their hash. Weights of your own
need --architecture, an ONNX file --taps, --channels, --scale, --mean and --std, or a JSON file of the same name beside it.

Examples:
  rsad backbones add wide_resnet50_2 wide_resnet50_2-95faca4d.pth
  rsad backbones add parts_resnet18 parts.safetensors --architecture resnet18
  rsad backbones add parts_net parts.onnx --taps layer2,layer3 \\
    --channels rgb --scale 0.00392157 --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225
`;

export function defineBackbones(group: Command, perform: Perform): void {
  group
    .description("Lists, downloads, adds and removes the pretrained networks that a model can be built on.")
    .addHelpText("after", EXAMPLES);

  const command = (usage: string, does: string) => addCommonOptions(group.command(usage).description(does));

  command("list", "List all backbones: name, architecture, size, whether it is here, licence.").action(
    (options: CommonOptions) => perform(options, list),
  );
  command("info <name>", "Say everything about a backbone: licence, source, hash, input, taps, file.").action(
    (name: string, options: CommonOptions) => perform(options, (context) => info(name, context)),
  );
  command("pull <name>", "Download known weights.")
    .addHelpText("after", PULL_EXAMPLES)
    .action((name: string, options: CommonOptions) => perform(options, (context) => pull(name, context)));
  command("add <name> <file>", "Copy a file of weights or an ONNX file, and use it by its name from then on.")
    .option("--architecture <name>", "what a file of weights holds, where its hash does not tell")
    .option("--taps <names>", "the layers or tensors to take features from, separated by commas")
    .option("--channels <order>", "the network's channel order: rgb or bgr")
    .option("--scale <factor>", "what the network wants pixel values multiplied by")
    .option("--mean <a,b,c>", "then subtracted, per channel")
    .option("--std <a,b,c>", "then divided by, per channel")
    .option("--force", "replace what is there under the name")
    .addHelpText("after", ADD_EXAMPLES)
    .action((name: string, file: string, options: AddOptions) =>
      perform(options, (context) => add(name, file, options, context)),
    );
  command("remove <name>", "Delete what was downloaded or added under a name.").action(
    (name: string, options: CommonOptions) => perform(options, (context) => remove(name, context)),
  );
}

async function list(context: Context): Promise<number> {
  const backbones = await listBackbones();
  context.print(backboneTable(backbones));
  context.printJson({ backbones });
  return EXIT.ok;
}

async function info(name: string, context: Context): Promise<number> {
  const backbone = await describeBackbone(name);
  context.print(describeInfo(backbone));
  context.printJson(backbone);
  return EXIT.ok;
}

async function pull(name: string, context: Context): Promise<number> {
  const { onProgress, signal } = context;
  context.resumeHint = "Run the same command again to go on where it stopped.";
  const before = await describeBackbone(name);
  if (before.state !== "here") sayLicence(before, context);
  const { spec, downloaded } = await pullBackbone(name, { onProgress, signal });
  const [file] = before.downloads;
  if (downloaded && file !== undefined && !isHashWhole(file)) {
    context.note(`Checked: size, and the first digits of the SHA-256, ${file.sha256}; no others are public.`);
  }
  context.print(
    [
      `${downloaded ? "Downloaded" : "Was here already"}: ${spec.file}`,
      `Next: rsad train DIR --backbone ${name}`,
    ].join("\n"),
  );
  context.printJson({ downloaded, backbone: await describeBackbone(name) });
  return EXIT.ok;
}

async function add(name: string, file: string, options: AddOptions, context: Context): Promise<number> {
  const { architecture, taps, channels, scale, mean, std, force } = options;
  const { signal } = context;
  await addBackbone(name, file, { architecture, taps, channels, scale, mean, std, force, signal });
  const backbone = await describeBackbone(name);
  sayLicence(backbone, context);
  context.print(`Added: ${backbone.file}\nNext: rsad train DIR --backbone ${name}`);
  context.printJson({ backbone });
  return EXIT.ok;
}

async function remove(name: string, context: Context): Promise<number> {
  await removeBackbone(name, { signal: context.signal });
  context.print(`Removed ${name}.`);
  context.printJson({ removed: name });
  return EXIT.ok;
}

/** What limits the use of the weights is said whatever the options are. */
function sayLicence(backbone: { licence: string; notice?: string }, context: Context): void {
  if (backbone.notice === undefined) context.note(`Licence: ${backbone.licence}`);
  else context.warn(limits(backbone.licence, backbone.notice));
}
