import { RsadError } from "../errors.ts";
import { checkFields } from "../fields.ts";
import { describeFile, superfluousArchitecture } from "./describe-file.ts";
import { BACKBONE_FLAGS, type BackboneFlags, normalisationFlags, tapsFlag } from "./flags.ts";
import { IMAGENET_NORMALISATION } from "./normalisation.ts";
import { findBackbone, KNOWN, REGISTRY_OPTIONS, type RegistryOptions } from "./registry/index.ts";
import { type BackboneSpec, backboneSchema } from "./spec.ts";
import { validate } from "./validate.ts";

/**
 * What a user says of a backbone as a specification. `value` is
 *
 * - a name among those of {@link listBackbones}, such as `wide_resnet50_2` or `embedded`;
 * - a file of weights (.pth, .pt, .bin, .safetensors, or of any name), whose architecture is told by its hash, if they
 *   are known weights, or by the flag `architecture`;
 * - an ONNX file;
 * - a JSON file whose field `file` names one of the two.
 *
 * A file can be described by a JSON file of the same name beside it (`net.onnx`, `net.json`); a flag takes the place of
 * the JSON's, or the name's, field. undefined stands for the embedded backbone, which has no options. Throws
 * RSAD_ARGUMENT_INVALID, RSAD_BACKBONE_MISSING (also for a name that is known but not there, with how to get it),
 * RSAD_BACKBONE_INVALID (a description that cannot be read).
 *
 * @example
 * await parseBackbone("wide_resnet50_2", { taps: "layer1,layer2,layer3" });
 * await parseBackbone("my-weights.pth", { architecture: "resnet18" });
 * await parseBackbone("resnet50.onnx", {
 *   taps: "layer2,layer3", channels: "bgr", scale: "1", mean: "103.939,116.779,123.68", std: "1,1,1",
 * });
 */
export async function parseBackbone(
  value = "embedded",
  flags: BackboneFlags = {},
  options: RegistryOptions = {},
): Promise<BackboneSpec> {
  checkFields("parseBackbone", { value }, { value: "text" });
  checkFields("parseBackbone", flags, BACKBONE_FLAGS);
  checkFields("parseBackbone", options, REGISTRY_OPTIONS);
  if (!/^[\w-]+$/.test(value)) return describeFile(value, flags, options.known ?? KNOWN);
  const spec = await findBackbone(value, options);
  if (spec.kind === "embedded") {
    checkNoFlags(flags);
    return spec;
  }
  if (flags.architecture !== undefined) throw superfluousArchitecture(value, flags.architecture);
  const normalisation = normalisationFlags(flags);
  const changed = {
    ...spec,
    ...tapsFlag(flags),
    ...(Object.keys(normalisation).length > 0 && {
      normalisation: { ...IMAGENET_NORMALISATION, ...spec.normalisation, ...normalisation },
    }),
  };
  return validate(backboneSchema, changed, `the backbone ${value}`);
}

function checkNoFlags(flags: BackboneFlags): void {
  const given = Object.entries(flags).find(([, flag]) => flag !== undefined);
  if (given === undefined) return;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: given[0],
    expected: "no option of a backbone without a backbone",
    received: given[1],
    hint: "Name a backbone too, or leave the option out: the embedded one, which is used without a name, brings its own.",
  });
}
