import { basename, dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { type BackboneSpec, parseBackbone, SIDECAR_EXAMPLE } from "../../backbones/index.ts";
import { type Verification, verify } from "../../deployment/index.ts";
import { checkFalseReject, defaultBackbone, type TrainResult, train } from "../../detectors/index.ts";
import { didYouMean } from "../../did-you-mean.ts";
import { removeState } from "../../features/index.ts";
import { withWritableFolder } from "../../files.ts";
import { duration } from "../../format.ts";
import type { ModelMetadata } from "../../model/index.ts";
import {
  isTrained,
  METHODS,
  type Method,
  RECIPES,
  type Recipe,
  type RecipeName,
  recipe,
} from "../../recipes/index.ts";
import { describeFacts, describeRegion, describeTiles, writeTrainingRecord } from "../../report/index.ts";
import { shellWord } from "../../shell-word.ts";
import type { Context } from "../context.ts";
import { describeNoise } from "../describe-noise.ts";
import { describeThresholds } from "../describe-thresholds.ts";
import { checkAgreement, describeVerification } from "../describe-verification.ts";
import { addDeviceOption, type DeviceOption, runtimeOptions } from "../device.ts";
import { EXIT } from "../exit-code.ts";
import {
  addCommonOptions,
  type CommonOptions,
  collect,
  invalidOption,
  oneOf,
  share,
  threadCount,
  wholeNumber,
} from "../options.ts";
import { checkOutput } from "../output-folder.ts";
import type { Perform } from "../perform.ts";
import { readWithout } from "../read-without.ts";
import { parseSettings } from "../settings.ts";

interface Options extends CommonOptions, DeviceOption {
  readonly out?: string;
  readonly method?: Method;
  readonly recipe?: string;
  readonly set?: readonly string[];
  readonly backbone?: string;
  readonly architecture?: string;
  readonly taps?: string;
  readonly channels?: string;
  readonly scale?: string;
  readonly mean?: string;
  readonly std?: string;
  readonly mask?: string;
  readonly tile?: number;
  readonly seed: number;
  readonly falseReject?: number;
  readonly threads?: number;
  readonly without?: string;
  readonly resume?: true;
  readonly force?: true;
}

const METHOD_NAMES = Object.keys(METHODS) as Method[];

const EXAMPLES = `
Writes model.onnx (the whole model in one file), model.losses.jsonl and model.training.json to the output folder. While
training runs, its state lies in the folder model.state there: after an interruption, even a hard one, --resume goes on from it and
ends with the same model, byte for byte. What comes last, after the summary, is a comparison of the model's forms and runtimes, as by rsad verify: to
interrupt it leaves a model that is whole.

The embedded backbone is for a first look. Small parts with tiny defects need a larger one: a name that rsad backbones
list shows, a file of PyTorch weights (.pth, .safetensors), or any ONNX file with one image input. For an ONNX file, a
JSON file of the same name beside it, or the options below, say which tensors to use and how the network wants its
pixels: (pixel 0..255, times scale, minus mean) / std, per channel. The recipe paper uses wide_resnet50_2 where no
backbone is named. Such a JSON file is laid out as
  ${SIDECAR_EXAMPLE.replace(',"normalisation', ',\n   "normalisation')}

--mask leaves out what is not the part: a fixture, a conveyor, a caption. FILE is an image of the photos' shape, white where
to inspect, or a JSON file: {"polygons": [[[0.1, 0.1], [0.9, 0.1], [0.5, 0.9]]]} in shares of width and height, or in pixels
with "width" and "height" beside. It becomes part of the model; nothing outside is learned, scored or drawn.

--tile is for large images with defects that vanish when the whole is scaled to the network's input: tiles overlap by a quarter, the
map is joined without seams, the score is that of the worst tile. Such a model cuts every image that it inspects.

Examples:
  rsad train data/bottle
  rsad train data/bottle --seed 1 --set length.steps=1000 --set noise.deviation=0.2
  rsad train data/bottle --without dropped.txt
  rsad train data/bottle --method patchcore --set coreset.share=0.01
  rsad train data/bottle --backbone wide_resnet50_2
  rsad train data/bottle --backbone my-weights.pth --architecture resnet18
  rsad train data/bottle --backbone resnet18.onnx --taps layer2,layer3 \\
    --channels rgb --scale 0.00392157 --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225
  rsad train data/bottle --recipe paper --out bottle-paper --resume
  rsad train data/bottle --mask bottle-mask.png
  rsad train sheets --tile 512
`;

export function defineTrain(command: Command, perform: Perform): void {
  command
    .description(
      "Learns what good parts look like from images of good parts alone, and writes one model file.",
    )
    .argument("<dir>", "a folder of good images, or a data set with train/good; test images are never opened")
    .option("--out <dir>", "folder for the model (default: rsad-<name of the data set>)")
    .option(
      "--method <name>",
      `how to learn: ${METHOD_NAMES.join(", ")} (default: that of the recipe)`,
      oneOf("--method", METHOD_NAMES, meantMethod),
    )
    .option(
      "--recipe <name>",
      `what to start from: ${Object.keys(RECIPES).join(", ")} (default: default, or the method's own)`,
    )
    .option("--set <field=value>", "change a field of the recipe; may be given several times", collect)
    .option(
      "--backbone <name|file>",
      "a name (see rsad backbones list), a file of weights, an ONNX file, or a JSON file that describes one (default: embedded)",
    )
    .option("--architecture <name>", "what a file of weights holds, where its hash does not tell")
    .option("--taps <names>", "the backbone's layers or tensors to take features from, separated by commas")
    .option("--channels <order>", "the backbone's channel order: rgb or bgr")
    .option("--scale <factor>", "what the backbone wants pixel values multiplied by")
    .option("--mean <a,b,c>", "then subtracted, per channel")
    .option("--std <a,b,c>", "then divided by, per channel")
    .option("--mask <file>", "the part of every image to learn from and to inspect: a mask or polygons")
    .option(
      "--tile <pixels>",
      "cut images into square tiles of that side, at their own resolution",
      wholeNumber("--tile", 16),
    )
    .option("--seed <n>", "where all random numbers start", wholeNumber("--seed"), 0)
    .option(
      "--false-reject <share>",
      "good images that the threshold may call defective, such as 0.5% (default: 1%)",
      share("--false-reject"),
    )
    .option("--threads <n>", "threads of the runtime (default: the number of cores)", threadCount())
    .option(
      "--without <file>",
      "leave out the good images that a text file lists; see rsad doctor --suspects",
    )
    .option("--resume", "go on with an interrupted run")
    .option("--force", "replace a model or an interrupted run in the output folder")
    .addHelpText("after", EXAMPLES);
  addCommonOptions(addDeviceOption(command)).action((folder: string, options: Options) =>
    perform(options, (context) => trainFolder(folder, options, context)),
  );
}

async function trainFolder(folder: string, options: Options, context: Context): Promise<number> {
  const { out = `rsad-${basename(resolve(folder))}`, resume = false, seed } = options;
  const without = await readWithout(options.without, context);
  const settings = recipe(recipeName(options), parseSettings(options.set ?? []));
  checkFalseReject("--false-reject", options.falseReject, settings);
  const backbone = await chooseBackbone(options, settings);
  const { modelPath, stateDir, interrupted } = await checkOutput(out, { ...options, resume });
  context.resumeHint = "Run the same command with --resume to go on.";
  let begun = interrupted;
  const result = await withWritableFolder(out, () =>
    train({
      data: folder,
      without,
      output: modelPath,
      recipe: settings,
      backbone,
      seed,
      mask: options.mask,
      falseReject: options.falseReject,
      tile: options.tile,
      ...runtimeOptions(options, context),
      resume,
      onProgress: (progress) => {
        begun ||= progress.phase === "training";
        context.onProgress?.(progress);
      },
      signal: context.signal,
    }).catch(async (error) => {
      // The next run need not be told what to do with what one left that had learned nothing yet.
      if (!begun && !context.signal.aborted) await removeState(stateDir).catch(() => {});
      throw error;
    }),
  );
  context.resumeHint = whole(result);
  await writeTrainingRecord(result);
  const { metadata, losses, lossLog, timings } = result;
  const { threshold, data } = metadata;
  context.print(
    [
      `Model       ${modelPath}`,
      ...(lossLog === undefined ? [] : [`Losses      ${lossLog}`]),
      `Backbone    ${metadata.backbone.name}, licence: ${metadata.backbone.licence}`,
      ...(metadata.backbone.notice === undefined ? [] : [`            ${metadata.backbone.notice}`]),
      ...describeLearning(metadata),
      ...(metadata.tiles === undefined ? [] : [`In tiles    ${describeTiles(metadata.tiles)}`]),
      ...(metadata.region === undefined ? [] : [`Inspects    ${describeRegion(metadata.region)}`]),
      `Trained on  ${data.trained} of ${data.count} good images${data.copies === undefined ? "" : ` (copies of others: ${data.copies})`}${data.leftOut === undefined ? "" : `, ${data.leftOut} more left out`}${losses.length > 0 ? `, ${losses.length} steps` : ""}`,
      ...(threshold === undefined
        ? ["Thresholds  none: the recipe held no good images out; give --threshold when inspecting"]
        : describeThresholds(threshold)),
      `Time        ${timings.map(({ label, seconds }) => `${label} ${duration(seconds)}`).join(", ")}`,
    ].join("\n"),
  );
  const unverified = whyUnverified(result, modelPath);
  const verified = unverified === undefined ? await verifyTrained(result, options, context) : undefined;
  context.print(
    [
      `Verified    ${verified === undefined ? unverified : describeVerification(verified)}`,
      `Next        rsad inspect ${shellWord(join(out, "model.onnx"))} ${threshold === undefined ? "--threshold SCORE " : ""}IMAGE...`,
    ].join("\n"),
  );
  context.printJson({
    model: modelPath,
    lossLog,
    metadata,
    timings,
    verified,
    unverified,
    finalLosses: losses.at(-1),
  });
  return EXIT.ok;
}

/** So few show whether a form or a runtime goes wrong, in a second or two. */
const VERIFIED_IMAGES = 2;

/** What an interruption leaves once there is a model. */
function whole({ modelPath, held }: TrainResult): string {
  const images = held.length === 0 ? "DIR" : shellWord(dirname(held[0]!.path));
  return `The model is written and whole, but not verified; rsad verify ${shellWord(modelPath)} ${images} does it.`;
}

/** Why training ends without comparing the ways to a score; undefined where it does not. */
function whyUnverified({ metadata, held }: TrainResult, modelPath: string): string | undefined {
  const later = `rsad verify ${shellWord(modelPath)} IMAGE...`;
  if (held.length === 0) return `no, no good images were held out; ${later} does it`;
  if (metadata.tiles !== undefined)
    return `no, images in tiles may take the browser's runtime minutes; ${later} does it`;
  return undefined;
}

/** Scores a few of the images held out in every way there is. Throws RSAD_PATHS_DISAGREE. */
async function verifyTrained(
  { modelPath, held }: TrainResult,
  { threads }: Options,
  { onProgress, signal }: Context,
): Promise<Verification> {
  const images = held.slice(0, VERIFIED_IMAGES).map(({ path }) => path);
  const verification = await verify({ model: modelPath, images, threads, onProgress, signal });
  checkAgreement(verification, modelPath);
  return verification;
}

/** The beginning of a hint for a name that no method has. */
function meantMethod(text: string, methods: readonly string[]): string {
  if (!Object.hasOwn(RECIPES, text)) return didYouMean(text, methods);
  const { method } = RECIPES[text as RecipeName];
  return `${text} is a recipe of the method ${method}: --recipe ${text}. `;
}

/** The recipe that --method and --recipe name together. */
function recipeName({ method, recipe: name }: Options): string {
  if (name === undefined) return method === undefined ? "default" : METHODS[method];
  if (method === undefined || !Object.hasOwn(RECIPES, name)) return name;
  const { method: own } = RECIPES[name as RecipeName];
  if (own === method) return name;
  throw invalidOption(
    "--recipe",
    `a recipe of the method ${method}`,
    `${name}, which is of the method ${own}`,
    "Leave one of both out.",
  );
}

/** What the method did with the features, in words. */
function describeLearning({ recipe, features, facts = {} }: ModelMetadata): string[] {
  if (isTrained(recipe)) return [`Noise       ${describeNoise(recipe, features)}`];
  return [`Learned     ${recipe.method}, ${describeFacts(facts)}`];
}

/** The backbone that is named, or the recipe's. */
function chooseBackbone(options: Options, settings: Recipe): Promise<BackboneSpec> {
  const { backbone, architecture, taps, channels, scale, mean, std } = options;
  const flags = { architecture, taps, channels, scale, mean, std };
  return backbone === undefined ? defaultBackbone(settings, flags) : parseBackbone(backbone, flags);
}
