import { evaluateModel } from "../assessment/index.ts";
import { type Dataset, fingerprint, openDataset } from "../datasets/index.ts";
import { RsadError } from "../errors.ts";
import type { Precision, Scorer } from "../model/index.ts";
import type { OnProgress } from "../progress.ts";

/** A measure of the model as it was and of its smaller form; areas under the ROC curve, 0 to 1. */
export interface BeforeAndAfter {
  readonly before: number;
  readonly after: number;
}

export interface AccuracyCheck {
  readonly fingerprint: { readonly count: number; readonly sha256: string };
  readonly imageAuroc: BeforeAndAfter;
  /** Absent where no defect has a mask. */
  readonly pixelAuroc?: BeforeAndAfter;
}

export interface CheckRequest extends BeforeAndAfterScorers {
  /** A data set with labelled test images, or its folder. */
  readonly data: string | Dataset;
  /** Of image AUROC, in points of a hundred. */
  readonly maxLoss: number;
  readonly precision: Precision;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface BeforeAndAfterScorers {
  readonly before: Scorer;
  readonly after: Scorer;
}

/**
 * Evaluates both forms of a model on labelled images. Throws RSAD_ACCURACY_LOST where the smaller one's image AUROC is lower by more than
 * `maxLoss`, and RSAD_DATASET_INVALID where good or defective images are missing; else as {@link evaluateModel}.
 */
export async function checkAccuracy(request: CheckRequest): Promise<AccuracyCheck> {
  const { data, maxLoss, precision, onProgress, signal } = request;
  const dataset = typeof data === "string" ? await openDataset(data) : data;
  const evaluate = async (scorer: Scorer, phase: string) => {
    const judge = { score: scorer.score.bind(scorer), metadata: {} };
    const { image, pixel } = await evaluateModel(judge, dataset, {
      signal,
      onProgress: (progress) => onProgress?.({ ...progress, phase }),
    });
    if (image.auroc === undefined) throw oneKind(dataset.root);
    return { image: image.auroc, pixel: pixel?.auroc };
  };
  const before = await evaluate(request.before, "evaluating the model");
  const after = await evaluate(request.after, "evaluating the smaller one");
  const lost = 100 * (before.image - after.image);
  if (lost > maxLoss) throw tooMuch(dataset.root, lost, maxLoss, precision);
  return {
    fingerprint: await fingerprint(dataset.test),
    imageAuroc: { before: before.image, after: after.image },
    ...(before.pixel !== undefined &&
      after.pixel !== undefined && { pixelAuroc: { before: before.pixel, after: after.pixel } }),
  };
}

function oneKind(root: string): RsadError {
  return new RsadError("RSAD_DATASET_INVALID", {
    subject: root,
    expected: "good and defective test images",
    received: "one kind alone",
    hint: "Image AUROC compares the two: add images to test/good or test/<defect type>.",
  });
}

function tooMuch(root: string, lost: number, maxLoss: number, precision: Precision): RsadError {
  const other =
    precision === "fp16" ? "Keep the model as it is" : "Use --precision fp16, more good images (--images)";
  return new RsadError("RSAD_ACCURACY_LOST", {
    subject: `the loss of image AUROC on ${root}`,
    expected: `at most ${maxLoss} points`,
    received: `${Number(lost.toPrecision(3))} points`,
    hint: `Nothing was written. ${other}, or, if the loss is acceptable, a higher --max-loss.`,
  });
}
