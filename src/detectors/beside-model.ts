/** Where a training keeps what belongs to a model file. */
export interface BesideModel {
  /** Folder for features and checkpoints while it runs. */
  readonly stateDir: string;
  /** Losses, a JSON line for each step. */
  readonly lossLog: string;
  /** What a report wants to know of the training. */
  readonly record: string;
}

/** All of it lies beside the model, under the model's own name: models in one folder share nothing. */
export function besideModel(output: string): BesideModel {
  const stem = output.replace(/\.onnx$/i, "");
  return {
    stateDir: `${stem}.state`,
    lossLog: `${stem}.losses.jsonl`,
    record: `${stem}.training.json`,
  };
}
