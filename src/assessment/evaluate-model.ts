import { type Dataset, decodeSample, type Sample } from "../datasets/index.ts";
import { RsadError } from "../errors.ts";
import { type Evaluation, Evaluator, type Judge } from "../evaluation/index.ts";
import { checkFields, type Fields } from "../fields.ts";
import { decodeMask, type Image, type Mask, overlap, type TellSize } from "../images/index.ts";
import { nameImage, type ScoredImage } from "../model/index.ts";
import type { OnProgress } from "../progress.ts";

export interface EvaluateModelOptions {
  /** Judge by this image threshold instead of the model's. */
  readonly threshold?: number | undefined;
  /** Sees every test image with its score and map while both are in memory; the next image waits for it. */
  readonly onSample?: ((sample: InspectedSample) => void | Promise<void>) | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: Fields<EvaluateModelOptions> = {
  threshold: "number?",
  onSample: "function?",
  onProgress: "function?",
  signal: "signal?",
};

export interface InspectedSample extends ScoredImage {
  readonly sample: Sample;
  readonly image: Image;
  readonly mask?: Mask | undefined;
}

/**
 * Scores a data set's test images and measures how well scores, verdicts and maps agree with the truth, pixel by pixel
 * in each image's own resolution. Without any threshold no verdicts are judged. Keeps a few images in memory at a
 * time: the next ones are decoded while one is scored.
 *
 * Throws RSAD_DATASET_EMPTY without test images; RSAD_IMAGE_INVALID, RSAD_MASK_INVALID, RSAD_FILE_MISSING,
 * RSAD_PERMISSION_DENIED, RSAD_ARGUMENT_INVALID, RSAD_RUNTIME_FAILED; the signal's reason when aborted.
 *
 * @example
 * const model = await load("model.onnx");
 * const { image, pixel } = await evaluateModel(model, await openDataset("bottle"));
 */
export async function evaluateModel(
  model: Judge,
  dataset: Pick<Dataset, "root" | "test">,
  options: EvaluateModelOptions = {},
): Promise<Evaluation> {
  checkFields("evaluateModel", { model, dataset }, { model: "model", dataset: "dataset" });
  checkFields("evaluateModel", options, OPTIONS);
  const { root, test } = dataset;
  if (test.length === 0) throw nothingToTest(root);
  const { threshold, onSample, onProgress, signal } = options;
  const { image, review } = model.metadata.threshold ?? {};
  const evaluator = new Evaluator({ imageThreshold: threshold ?? image, reviewThreshold: review });
  const report = (done: number) => onProgress?.({ phase: "evaluating", done, total: test.length });
  report(0);
  let done = 0;
  for await (const { sample, image, mask } of overlap(test, decode)) {
    signal?.throwIfAborted();
    const { name, type } = sample;
    const scored = await model.score(image, signal).catch((error) => Promise.reject(nameImage(error, name)));
    evaluator.add({ name, type, mask, ...scored });
    await onSample?.({ sample, image, mask, ...scored });
    report(++done);
  }
  return evaluator.finish();
}

async function decode(sample: Sample, index: number, tellSize: TellSize) {
  const { image } = await decodeSample(sample, index, tellSize);
  const mask = sample.mask === undefined ? undefined : await decodeMask(sample.mask, sample.maskRule);
  return { sample, image, mask };
}

function nothingToTest(root: string): RsadError {
  return new RsadError("RSAD_DATASET_EMPTY", {
    subject: root,
    expected: "test images in test/good and test/<defect type>",
    received: "none",
    hint: "To look at images without knowing the truth, inspect them; a data set to evaluate on has a folder test.",
  });
}
