import type { Command } from "commander";
import type { FalseRejectSeen } from "../../calibration/index.ts";
import {
  DECISIONS,
  type Decision,
  type DefectCounts,
  type Drift,
  type RecalibrateResult,
  recalibrate,
  type ScoreShift,
} from "../../detectors/index.ts";
import { counted, rounded } from "../../format.ts";
import { describeTiles } from "../../report/index.ts";
import { shellWord } from "../../shell-word.ts";
import type { Context } from "../context.ts";
import { describeThresholds, shareAtMost } from "../describe-thresholds.ts";
import { addDeviceOption, type DeviceOption, runtimeOptions } from "../device.ts";
import { EXIT } from "../exit-code.ts";
import {
  addCommonOptions,
  type CommonOptions,
  invalidOption,
  oneOf,
  share,
  threadCount,
  wholeNumber,
} from "../options.ts";
import { refuseToReplaceFile } from "../output-file.ts";
import type { Perform } from "../perform.ts";
import { readWithout } from "../read-without.ts";

interface Options extends CommonOptions, DeviceOption {
  readonly falseReject?: number;
  readonly without?: string;
  readonly defects?: string;
  readonly decide: Decision;
  readonly miss?: number;
  readonly tile?: number;
  readonly out?: string;
  readonly threads?: number;
  readonly force?: true;
}

const EXAMPLES = `
The threshold is promised: of new good images like these, at most the share --false-reject is called defective. 1 % needs 99 good images
that training did not see; with fewer, the threshold lies above all of them, and the command says what it promises. Images that the model
was trained on are told by their contents, and left out; of an image that is there twice, one counts.

--decide says how labelled defects take part:
  false-reject  not at all; they are only counted
  best-f1       the threshold with the best F1 score on these images, in the middle of the gap between two scores, which promises
                nothing of others, so there is no --false-reject; it is said what can be said of good images
  review        two thresholds: from the upper one on an image is defective, as promised; below the lower one scores at most
                the share --miss of defects like these; between them the verdict is "review"

The good images' scores are held against those of the first calibration, which is that of the training in most models, and against those of the
latest one, where that had more images. Where they no longer look alike, the command says so: the parts, the light or the camera have
changed, and training again may be better than a new threshold. It also says where there are too few images to tell.

Devices round otherwise, and scores differ a little: calibrate by --device where the model will inspect.

Images are scored as the model cuts them: in tiles if it was trained with --tile, otherwise whole. --tile is for a model that was trained on
whole images which are pieces of those that it is to inspect, at the same scale: the thresholds are those of images in tiles of so many pixels a side, and
the model that is written cuts whatever it inspects by itself. It wants the model as it was trained: the full form, int8 and fp16 see whole images.

Examples:
  rsad calibrate rsad-bottle/model.onnx good-parts-of-today --out model-today.onnx
  rsad calibrate rsad-bottle/model.onnx good-parts-of-today --false-reject 0.5% --force
  rsad calibrate rsad-pieces/model.onnx good-sheets --tile 512 --out model-sheets.onnx
  rsad calibrate rsad-bottle/model.onnx good-parts --defects known-defects --decide review --miss 2% --out model-review.onnx
`;

export function defineCalibrate(command: Command, perform: Perform): void {
  command
    .description("Finds a model's thresholds anew, without training, and says what they promise.")
    .argument("<model>", "a trained model, such as rsad-bottle/model.onnx")
    .argument("<dir>", "good images that training did not see: a folder, or a data set with train/good")
    .option(
      "--false-reject <share>",
      "good images that may be called defective (default: what the model was asked for, or 1%)",
      share("--false-reject"),
    )
    .option("--without <file>", "leave out the images that a list names, as rsad train does")
    .option("--defects <dir>", "defective images: a folder, or a data set with test/<defect type>")
    .option("--decide <how>", DECISIONS.join(", "), oneOf("--decide", DECISIONS), "false-reject")
    .option(
      "--miss <share>",
      "with --decide review: defects that may be called good (default: 5%)",
      share("--miss"),
    )
    .option(
      "--tile <pixels>",
      "cut images into tiles of so many pixels a side, from now on; for a model that was trained on whole images of that size",
      wholeNumber("--tile", 16),
    )
    .option("--out <file>", "the model file to write (default: the model itself, with --force)")
    .option("--threads <n>", "threads of the runtime (default: the number of cores)", threadCount())
    .option("--force", "replace the file that is there")
    .addHelpText("after", EXAMPLES);
  addCommonOptions(addDeviceOption(command)).action((model: string, folder: string, options: Options) =>
    perform(options, (context) => calibrateModel(model, folder, options, context)),
  );
}

async function calibrateModel(
  model: string,
  images: string,
  options: Options,
  context: Context,
): Promise<number> {
  const { falseReject, defects, decide: decision, miss, tile } = options;
  checkOptions(options);
  const output = options.out ?? model;
  const hint = "Name another file by --out, or add --force to change the model itself.";
  await refuseToReplaceFile("--out", output, options.force, options.out === undefined ? hint : undefined);
  context.resumeHint = "No model is written; run the same command again.";
  const { onProgress, signal } = context;
  const result = await recalibrate({
    model,
    output,
    images,
    without: await readWithout(options.without, context),
    falseReject,
    defects,
    decision,
    miss,
    tile,
    ...runtimeOptions(options, context),
    onProgress,
    signal,
  });
  context.print(describe(result, options));
  const { metadata, before, leftOut, copies, drift, falseRejectSeen, defects: counts } = result;
  if (drift?.hasDrifted) context.warn(warnOfDrift(drift));
  const device = metadata.threshold.device ?? "cpu";
  const deviceBefore = before?.device ?? (before && "cpu");
  if (deviceBefore !== undefined && deviceBefore !== device) {
    context.warn(
      `The thresholds before were found on ${deviceBefore}, these on ${device}, and scores differ a little: inspect there, or calibrate again with --device ${deviceBefore}.`,
    );
  }
  if (before?.review !== undefined && decision !== "review") {
    context.warn(
      "The model had a review threshold, and has none now: it is found with --defects and --decide review.",
    );
  }
  context.printJson({
    model: output,
    device,
    threshold: metadata.threshold,
    before,
    leftOut,
    copies,
    drift,
    falseRejectSeen,
    defects: counts,
  });
  return EXIT.ok;
}

function checkOptions({ falseReject, defects, decide, miss }: Options): void {
  if (decide !== "false-reject" && defects === undefined) {
    throw invalidOption(
      `--decide ${decide}`,
      "--defects beside it",
      "none",
      "Name a folder of defective images.",
    );
  }
  if (falseReject !== undefined && decide === "best-f1") {
    throw invalidOption(
      "--false-reject",
      "--decide false-reject or review beside it",
      `--decide ${decide}`,
      "Labelled images choose that threshold, and nothing is promised of good ones. Leave one of both out.",
    );
  }
  if (miss !== undefined && decide !== "review") {
    throw invalidOption(
      "--miss",
      "--decide review beside it",
      `--decide ${decide}`,
      "Only then is it heeded.",
    );
  }
}

function describe(
  { modelPath, metadata, before, leftOut, copies, drift, falseRejectSeen, defects }: RecalibrateResult,
  { decide }: Options,
): string {
  const { threshold } = metadata;
  return [
    `Model       ${modelPath}`,
    ...(metadata.tiles === undefined ? [] : [`In tiles    ${describeTiles(metadata.tiles)}`]),
    ...describeThresholds(threshold),
    ...(falseRejectSeen === undefined ? [] : [describeSeen(falseRejectSeen)]),
    ...(decide === "review" && threshold.review === undefined
      ? [
          "Review      nothing is left to: the image threshold itself misses no more defects than --miss allows",
        ]
      : []),
    ...(leftOut === 0 ? [] : [`Left out    ${counted(leftOut, "image")} that the model was trained on`]),
    ...(copies === 0
      ? []
      : [
          `Left out    ${copies} cop${copies === 1 ? "y" : "ies"} of images that are there under another name`,
        ]),
    ...(before === undefined
      ? []
      : [`Before      image ${rounded(before.image)}, pixel ${rounded(before.pixel)}`]),
    ...(defects === undefined ? [] : [`Defects     ${describeDefects(defects)}`]),
    ...(drift === undefined ? [] : describeDrift(drift)),
    `Next        rsad inspect ${shellWord(modelPath)} IMAGE...`,
  ].join("\n");
}

function describeDefects({ total, found, review }: DefectCounts): string {
  const missed = total - found - review;
  return `${found} of ${total} found${review > 0 ? `, ${review} for review` : ""}, ${missed} called good`;
}

/** Goes on from the line that says why there is no promise. */
function describeSeen({ rejected, total, atMost }: FalseRejectSeen): string {
  return `            ${rejected} of ${total} of the good ones reach it; of others like these at most ${shareAtMost(atMost)}, with 95 % confidence`;
}

function describeDrift({ first, latest, canTell }: Drift): string[] {
  const { medians, counts } = first;
  return [
    `Scores      median ${rounded(medians.today)} of ${counts.today} images`,
    `            ${describeShift("first", first)}`,
    ...(latest === undefined ? [] : [`            ${describeShift("latest", latest)}`]),
    ...(canTell ? [] : ["            too few images to tell whether they have changed"]),
  ];
}

function describeShift(
  which: "first" | "latest",
  { medians, counts, statistic, pValue }: ScoreShift,
): string {
  const p = pValue < 1e-4 ? "below 0.0001" : pValue.toFixed(4);
  return `at the ${which} calibration ${rounded(medians.earlier)} of ${counts.earlier}; Kolmogorov-Smirnov ${statistic.toFixed(2)}, p = ${p}`;
}

function warnOfDrift({ first, latest }: Drift): string {
  const [{ medians }, which] =
    latest !== undefined && latest.pValue < first.pValue ? [latest, "latest"] : [first, "first"];
  const direction =
    medians.today > medians.earlier ? "higher" : medians.today < medians.earlier ? "lower" : "otherwise";
  return `These good images score ${direction} than those of the ${which} calibration: the parts, the light or the camera have changed. The new thresholds fit these images; training on some of them may be better.`;
}
