import { parse } from "node:path";
import { didYouMean } from "../did-you-mean.ts";
import { RsadError } from "../errors.ts";
import { ARCHITECTURES, type Architecture, findArchitecture, type Network } from "./architectures/index.ts";
import type { Backbone } from "./backbone.ts";
import { builtTaps } from "./built-taps.ts";
import { checkHash } from "./check-hash.ts";
import { buildWith, IMAGENET_NORMALISATION } from "./normalisation.ts";
import type { WeightsBackboneSpec } from "./spec.ts";
import { readWeights } from "./weights/index.ts";

/**
 * A backbone from a file of weights: the part of its architecture that the taps need. Throws RSAD_BACKBONE_MISSING,
 * RSAD_BACKBONE_INVALID (the file does not hold the architecture's tensors), RSAD_ARGUMENT_INVALID (an architecture or
 * a tap that there is not, a size that the architecture does not take).
 */
export async function openWeights(spec: WeightsBackboneSpec, size: number): Promise<Backbone> {
  const architecture = architectureNamed(spec.architecture);
  checkMultiple(architecture, size);
  const { network, taps, sha256 } = await loadNetwork(spec);
  const { base, name } = parse(spec.file);
  return {
    name: spec.name ?? name,
    source: spec.source ?? base,
    licence: spec.licence ?? "not stated",
    ...(spec.notice !== undefined && { notice: spec.notice }),
    sha256,
    taps: builtTaps((image) => network.build(image), taps, size),
    parameters: network.parameters,
    size,
    build: buildWith(size, spec.normalisation ?? IMAGENET_NORMALISATION, (image) => network.build(image)),
  };
}

export interface LoadedNetwork {
  readonly network: Network;
  readonly taps: readonly string[];
  readonly sha256: string;
}

/**
 * Reads the weights that a specification needs; `whole` also checks those that it does not. Throws as
 * {@link openWeights} does.
 */
export async function loadNetwork(spec: WeightsBackboneSpec, { whole = false } = {}): Promise<LoadedNetwork> {
  const architecture = architectureNamed(spec.architecture);
  const taps = spec.taps ?? architecture.defaultTaps;
  const unknown = taps.find((tap) => !architecture.taps.includes(tap));
  if (unknown !== undefined) {
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject: `the taps of ${architecture.name}`,
      expected: `names among ${architecture.taps.join(", ")}`,
      received: unknown,
      hint: `Leave them out for ${architecture.defaultTaps.join(",")}.`,
    });
  }
  const weights = await readWeights(spec.file);
  checkHash(spec.file, spec.sha256, weights.sha256);
  if (whole) weights.checkBytes();
  return { network: architecture.load(weights, taps), taps, sha256: weights.sha256 };
}

/** Throws RSAD_ARGUMENT_INVALID where there is no architecture of that name. */
export function architectureNamed(name: string): Architecture {
  const architecture = findArchitecture(name);
  if (architecture !== undefined) return architecture;
  const names = ARCHITECTURES.map((known) => known.name);
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "architecture",
    expected: `one of ${names.join(", ")}`,
    received: name,
    hint: `${didYouMean(name, names)}A network of another kind can be used as an ONNX file.`,
  });
}

function checkMultiple({ name, multiple }: Architecture, size: number): void {
  if (size % multiple === 0) return;
  const least = Math.ceil(32 / multiple) * multiple;
  const closest = Math.max(least, Math.round(size / multiple) * multiple);
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "the size of the images",
    expected: `a multiple of ${multiple}, which ${name} takes apart into patches of ${multiple} pixels,`,
    received: size,
    hint: `Give --set preprocessing.size=${closest}.`,
  });
}
