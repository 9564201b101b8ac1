import { readFile } from "node:fs/promises";
import { RsadError } from "../errors.ts";
import { fileError, writeFileAtomic } from "../files.ts";
import { decodeTensors, encodeTensors, type Tensor } from "../graph/index.ts";

/** The state of a training run after `step` steps. */
export interface Checkpoint {
  readonly step: number;
  readonly variables: Readonly<Record<string, Tensor>>;
}

/** Keeps one checkpoint in a file; `key` stands for everything that the run depends on. */
export class CheckpointFile {
  readonly #path: string;
  readonly #key: string;

  constructor(path: string, key: string) {
    this.#path = path;
    this.#key = key;
  }

  async save({ step, variables }: Checkpoint): Promise<void> {
    const metadata = { key: this.#key, step: String(step) };
    await writeFileAtomic(this.#path, encodeTensors({ tensors: variables, metadata }));
  }

  /** undefined if there is none. Throws RSAD_CHECKPOINT_MISMATCH for a damaged one or one of another run. */
  async load(): Promise<Checkpoint | undefined> {
    const bytes = await readFile(this.#path).catch((cause) => {
      if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw fileError(cause, this.#path);
    });
    if (bytes === undefined) return undefined;
    const { tensors, metadata } = decodeTensors(bytes, this.#path);
    const step = Number(metadata.step);
    if (metadata.key === this.#key && Number.isSafeInteger(step)) return { step, variables: tensors };
    throw new RsadError("RSAD_CHECKPOINT_MISMATCH", {
      subject: this.#path,
      expected: "the state of a run with the same images, backbone, recipe, seed and version",
      received: "the state of another run",
      hint: "Go on with the settings that the run was started with, start anew (--force; in the library resume: false), or choose another output.",
    });
  }
}
