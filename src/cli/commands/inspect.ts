import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { openModel } from "../../assessment/index.ts";
import { RsadError } from "../../errors.ts";
import { type Inspection, inspect, type Verdict } from "../../evaluation/index.ts";
import { ensureWritableFolder, removeEmptyFolders } from "../../files.ts";
import type { Device } from "../../graph/index.ts";
import { decodeImage, overlap, type TellSize } from "../../images/index.ts";
import { nameImage } from "../../model/index.ts";
import type { Context } from "../context.ts";
import { describeInspection } from "../describe-inspection.ts";
import { tellPromise } from "../describe-promise.ts";
import { addDeviceOption, type DeviceOption, runtimeOptions } from "../device.ts";
import { EXIT } from "../exit-code.ts";
import { describeFailure } from "../failure.ts";
import { findImages, resultNames } from "../find-images.ts";
import { type InspectionFiles, refuseToReplace, writePictures, writesPictures } from "../inspection-files.ts";
import { inspectionSessions, piecesAtOnce } from "../inspection-sessions.ts";
import {
  addCommonOptions,
  type CommonOptions,
  finiteNumber,
  oneOf,
  positiveNumber,
  threadCount,
  wholeNumber,
} from "../options.ts";
import type { Perform } from "../perform.ts";
import { writeCoco } from "../write-coco.ts";

/** Images that are decoded, drawn and written while others are scored. */
const BESIDE = 3;

interface Options extends CommonOptions, DeviceOption, InspectionFiles {
  readonly threshold?: number;
  readonly pixelThreshold?: number;
  readonly mmPerPixel?: number;
  readonly tile?: number;
  readonly threads?: number;
}

const EXAMPLES = `
Says first what the model's threshold promises of good images. Then prints a verdict, the score and the thresholds for each image, and for one
that is not good the boxes of its defects: connected regions of the anomaly map at or above the pixel threshold, in the image's own pixels. What
lies around a strong defect belongs to its region, too. The place of the peak, and the core around it (from three quarters of the way up
from the pixel threshold to the peak on), are closer to the defect itself. Without a region the place where the map is highest is told.
An image or folder that cannot be read, or whose results cannot be written, is reported, and the others are inspected all the same.

With --json, every image has its "peak" {x, y, value}, whatever the verdict, and every region its outline, too: a polygon on the pixels'
corners, and one for each hole in it. A good image may have "regions": scores and pixels have thresholds of their own, so take them for
defects only where the verdict is not good. "falseReject" is the promise; it is absent with another --threshold, with --tile, and of a threshold that
labelled images chose (calibrate --decide best-f1); so is "pValue" with --tile.

--coco writes the regions of images that are not good as one COCO file: boxes, outlines, areas in pixels, the peaks as scores, and
beyond the format the cores' boxes (core_bbox) and the peaks' places (peak_at). Its polygons leave holes out of account, and file names in
it are below the folder that all images have in common.

A model that was trained with tiles cuts images by itself. --tile is for one that was trained on whole images which are pieces of
what it now inspects, at the same scale: give their size in pixels. Its thresholds were found on single pieces, though, and an
image of many pieces exceeds them more often: let rsad calibrate --tile find others, or give --threshold.

Exit code: 0 no defect found, 1 a defect found or an image to review, 2 an error, even if only one image of many could not be inspected:
the answer for the whole is then not known.

Examples:
  rsad inspect rsad-bottle/model.onnx part.png
  rsad inspect model.onnx incoming/ --out verdicts --maps tiff
  rsad inspect model.onnx 'line-*/**/*.jpg' --json --no-heatmaps > verdicts.json
  rsad inspect model.onnx incoming/ --threshold 1.5
  rsad inspect model.onnx incoming/ --mm-per-pixel 0.05 --coco defects.json
`;

export function defineInspect(command: Command, perform: Perform): void {
  command
    .description("Says of images whether they are defective, how sure that is, and where.")
    .argument("<model>", "a trained model, such as rsad-bottle/model.onnx")
    .argument("<image...>", "image files, folders, or glob patterns in quotes")
    .option("--out <dir>", "folder for heatmaps and maps", "rsad-inspection")
    .option("--no-heatmaps", "write no heatmap pictures")
    .option(
      "--maps <format>",
      "write the raw anomaly maps too: npy or tiff (float32)",
      oneOf("--maps", ["npy", "tiff"]),
    )
    .option(
      "--threshold <score>",
      "call images defective from this score on, instead of the model's",
      finiteNumber("--threshold"),
    )
    .option(
      "--pixel-threshold <value>",
      "outline defects from this map value on, instead of the model's",
      finiteNumber("--pixel-threshold"),
    )
    .option("--coco <file>", "write the defects found as a COCO file")
    .option(
      "--mm-per-pixel <mm>",
      "the side of a pixel on the part: gives boxes and areas of defects in mm, too",
      positiveNumber("--mm-per-pixel"),
    )
    .option(
      "--tile <pixels>",
      "cut images into tiles of so many pixels a side; for a model that was trained on whole images of that size",
      wholeNumber("--tile", 16),
    )
    .option(
      "--threads <n>",
      "threads that score, of several images at a time (default: the number of cores)",
      threadCount(),
    )
    .option("--force", "replace the file that --coco names; pictures and maps are always replaced")
    .addHelpText("after", EXAMPLES);
  addCommonOptions(addDeviceOption(command)).action((model: string, images: string[], options: Options) =>
    perform(options, (context) => inspectAll(model, images, options, context)),
  );
}

/** One image's line in the JSON document. */
type Result = Inspected | { path: string; error: ReturnType<typeof describeFailure> };
type Inspected = { path: string; heatmap?: string; map?: string; width: number; height: number } & Omit<
  Inspection,
  "map"
>;

async function inspectAll(
  modelPath: string,
  args: string[],
  options: Options,
  context: Context,
): Promise<number> {
  const { paths, errors } = await findImages(args, options.out);
  const names = resultNames(paths);
  await refuseToReplace([modelPath, ...paths], names, options);
  const noCoco = options.coco === undefined ? "" : ", and no COCO file is written";
  context.resumeHint = `The rest was not inspected${noCoco}; run the same command again.`;
  const { threshold, pixelThreshold, mmPerPixel } = options;
  const contours = options.json === true || options.coco !== undefined;
  const sessions = inspectionSessions(await piecesAtOnce(paths, options.tile), options);
  const model = await openModel(modelPath, {
    ...runtimeOptions(options, context),
    ...sessions,
    tile: options.tile,
    background: true,
  });
  const results: Result[] = [];
  const fail = (path: string, error: unknown) => {
    context.complain(error);
    results.push({ path, error: describeFailure(error) });
  };
  const inspectFile = async (path: string, index: number, tellSize: TellSize) => {
    context.signal.throwIfAborted();
    try {
      const image = await decodeImage(path);
      tellSize(image.width * image.height);
      const inspection = await inspect(model, image, {
        threshold,
        pixelThreshold,
        mmPerPixel,
        contours,
        signal: context.signal,
      });
      const written = await writePictures(join(options.out, names[index]!), image, inspection, options);
      return { path, inspection, written };
    } catch (error) {
      if (!(error instanceof RsadError) || error.code === "RSAD_ARGUMENT_INVALID") throw error;
      return { path, error: nameImage(error, path) };
    }
  };
  const made: string[] = [];
  // Found out now rather than after the first image.
  const prepare = async (folder: string) => made.push(...(await ensureWritableFolder(folder)));
  try {
    for (const { argument, error } of errors) fail(argument, error);
    if (paths.length > 0 && writesPictures(options)) await prepare(options.out);
    if (options.coco !== undefined) await prepare(dirname(resolve(options.coco)));
    const progress = (done: number) =>
      context.progressBeside({ phase: "inspecting", done, total: paths.length });
    let done = 0;
    let isTold = false;
    if (paths.length > 0) progress(done);
    for await (const { path, ...outcome } of overlap(paths, inspectFile, sessions.sessions + BESIDE)) {
      if (outcome.inspection === undefined) fail(path, outcome.error);
      else {
        const { map, ...rest } = outcome.inspection;
        if (!isTold) tellPromise(model, { ...options, modelPath }, context);
        isTold = true;
        results.push({ path, width: map.width, height: map.height, ...rest, ...outcome.written });
        context.print(describeInspection(path, outcome.inspection));
      }
      progress(++done);
    }
  } finally {
    await model.close();
    await removeEmptyFolders(made);
  }
  const inspected = results.filter((result) => "verdict" in result);
  if (options.coco !== undefined) await writeCoco(options.coco, inspected);
  return conclude(results, { path: modelPath, device: model.device }, options, context);
}

function conclude(
  results: Result[],
  { path: model, device }: { path: string; device: Device },
  options: Options,
  context: Context,
): number {
  const count = (verdict: Verdict) =>
    results.filter((result) => "verdict" in result && result.verdict === verdict).length;
  const [defect, review, good] = [count("defect"), count("review"), count("good")];
  const failed = results.length - defect - review - good;
  context.printJson({ model, device, counts: { defect, review, good, failed }, images: results });
  const counts = [
    `${defect} defective`,
    ...(review > 0 ? [`${review} for review`] : []),
    `${good} good`,
    ...(failed > 0 ? [`${failed} not inspected`] : []),
  ].join(", ");
  const pictures = writesPictures(options) && failed < results.length ? `; pictures in ${options.out}` : "";
  const coco = options.coco === undefined ? "" : `; defects in ${options.coco}`;
  context.note(`${counts}${pictures}${coco}`);
  if (failed > 0) return EXIT.error;
  return defect + review > 0 ? EXIT.found : EXIT.ok;
}
