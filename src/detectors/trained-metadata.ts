import { basename, resolve } from "node:path";
import type { Backbone } from "../backbones/index.ts";
import type { Device } from "../graph/index.ts";
import { MODEL_FORMAT, type ModelMetadata, type Thresholds } from "../model/index.ts";
import { VERSION } from "../version.ts";
import type { FittedModel } from "./fit.ts";
import { shortHash } from "./known-images.ts";
import type { Prepared } from "./prepare.ts";
import type { SettledRequest } from "./settled-request.ts";

export interface Trained {
  readonly request: SettledRequest;
  readonly prepared: Prepared;
  readonly fitted: FittedModel;
  /** What was computed on in the end. */
  readonly device: Device;
  /** Undefined where no images were held out. */
  readonly threshold: Thresholds | undefined;
}

/** What a model file says of its training. */
export function trainedMetadata({ request, prepared, fitted, device, threshold }: Trained): ModelMetadata {
  const { recipe, seed } = request;
  const { learned, known, split } = prepared;
  const { facts, training } = fitted;
  const elsewhere = device !== "cpu" && { device };
  return {
    format: MODEL_FORMAT,
    createdWith: VERSION,
    backbone: provenance(prepared.backbone),
    ...training?.metadata,
    ...(Object.keys(facts).length > 0 && { facts }),
    recipe,
    ...(learned.tiling && { tiles: { ...learned.tiling, trained: learned.images.length } }),
    ...(known && { region: known.metadata }),
    seed,
    ...elsewhere,
    data: dataOf(prepared),
    ...(threshold && {
      threshold: { ...threshold, images: hashesOf(prepared, split.holdout), ...elsewhere },
    }),
  };
}

function dataOf(prepared: Prepared): ModelMetadata["data"] {
  const { images, fingerprint, split, copies } = prepared;
  return {
    name: basename(resolve(images.root)),
    ...fingerprint,
    ...(images.leftOut > 0 && { leftOut: images.leftOut }),
    ...(copies > 0 && { copies }),
    trained: split.train.length,
    learned: hashesOf(prepared, split.train),
    heldOut: split.holdout.length,
  };
}

function hashesOf({ hashes }: Prepared, places: readonly number[]): string[] {
  return places.map((place) => shortHash(hashes[place]!));
}

function provenance({ name, sha256, licence, notice, source, taps }: Backbone): ModelMetadata["backbone"] {
  return {
    name,
    sha256,
    licence,
    ...(notice !== undefined && { notice }),
    source,
    taps: taps.map((tap) => tap.name),
  };
}
