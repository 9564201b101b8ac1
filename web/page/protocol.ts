import type { DeviceChoice, Image, ModelMetadata, Progress, ScoredImage } from "rsad/browser";

/** What the page asks of the worker, each with a number that its answer repeats. */
export type Request =
  | { readonly id: number; readonly kind: "open"; readonly url: string }
  | { readonly id: number; readonly kind: "score"; readonly file: Blob; readonly name: string };

/** What the worker says. */
export type Message =
  | { readonly progress: Progress }
  | { readonly id: number; readonly value: Opened | Scored }
  | { readonly id: number; readonly failure: Failure };

export interface Opened {
  readonly metadata: ModelMetadata;
  readonly device: DeviceChoice;
  readonly threads: number;
}

export interface Scored {
  readonly image: Image;
  readonly scored: ScoredImage;
}

export interface Failure {
  readonly message: string;
  readonly hint?: string;
}
