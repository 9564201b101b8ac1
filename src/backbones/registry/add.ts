import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { isDeepStrictEqual } from "node:util";
import { RsadError } from "../../errors.ts";
import { checkFields, type Fields } from "../../fields.ts";
import { fileError } from "../../files.ts";
import { hashFile } from "../../hash-file.ts";
import { shellWord } from "../../shell-word.ts";
import { checkHash } from "../check-hash.ts";
import { checkThere, describeFile, isOnnx, readDescription } from "../describe-file.ts";
import { BACKBONE_FLAGS, type BackboneFlags } from "../flags.ts";
import { readPart } from "../onnx/index.ts";
import { loadNetwork } from "../open-weights.ts";
import type { OnnxBackboneSpec, WeightsBackboneSpec } from "../spec.ts";
import { KNOWN } from "./known.ts";
import { describeKnown, findByHash, hasHash, type KnownWeights } from "./known-weights.ts";
import { EMBEDDED_NAME, knownAs, openStore, REGISTRY_OPTIONS, type RegistryOptions } from "./lookup.ts";
import { checkName } from "./name.ts";
import type { StoredSpec } from "./record.ts";

export interface AddOptions extends RegistryOptions, BackboneFlags {
  /** Replace another file, or one described otherwise, that is there under the name. */
  readonly force?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: Fields<AddOptions> = {
  ...REGISTRY_OPTIONS,
  ...BACKBONE_FLAGS,
  force: "flag?",
  signal: "signal?",
};

/**
 * Copies a file into the registry under `name`, once it is sure that it can be used: known weights by their hash, others
 * by their tensors, which have to be those of their architecture; an ONNX file by its taps. Under the name of known
 * weights no others are taken, and no flags. Throws RSAD_ARGUMENT_INVALID (the name, the flags, a name that is taken),
 * RSAD_BACKBONE_MISSING, RSAD_BACKBONE_INVALID, RSAD_DISK_FULL, RSAD_PERMISSION_DENIED, and the signal's reason.
 */
export async function addBackbone(name: string, file: string, options: AddOptions = {}): Promise<StoredSpec> {
  checkFields("addBackbone", { name, file }, { name: "text", file: "path" });
  checkFields("addBackbone", options, OPTIONS);
  const { known = KNOWN, force, signal, cacheDir: _, ...flags } = options;
  checkName(name);
  if (name === EMBEDDED_NAME) throw reservedName();
  const named = knownAs(name, options);
  const spec = await (named === undefined
    ? checkUsable(await describeFile(file, flags, known))
    : checkKnown(file, flags, named, known));
  const store = await openStore(options);
  return store.locked(name, { signal }, async () => {
    const there = await store.read(name).catch(() => undefined);
    const added = { source: basename(spec.file), ...spec, name };
    if (there !== undefined && !force) checkSame(name, there.spec, added);
    try {
      await copy(spec.file, store.copy(name), spec.sha256, signal);
      return (await store.put(name, store.copy(name), added)).spec;
    } catch (error) {
      await rm(store.copy(name), { force: true }).catch(() => {});
      throw error;
    }
  });
}

/** The specification with the file's hash. Throws where the taps cannot be had from the file, or others of its weights. */
async function checkUsable(spec: OnnxBackboneSpec | WeightsBackboneSpec): Promise<StoredSpec> {
  const { sha256 } = spec.kind === "onnx" ? await readPart(spec) : await loadNetwork(spec, { whole: true });
  return { ...spec, sha256 };
}

/**
 * Throws RSAD_BACKBONE_INVALID where the file is not the one that the name stands for, RSAD_ARGUMENT_INVALID where it is
 * and flags would describe it otherwise.
 */
async function checkKnown(
  value: string,
  flags: BackboneFlags,
  named: KnownWeights,
  known: readonly KnownWeights[],
): Promise<StoredSpec> {
  const { file = value } = await readDescription(value);
  await checkThere(file, "a file of weights");
  const sha256 = await hashFile(file);
  if (!named.files.some((candidate) => hasHash(candidate, sha256))) {
    throw notThoseWeights(file, sha256, named, known);
  }
  const given = Object.entries(flags).find(([, flag]) => flag !== undefined);
  if (given !== undefined) throw superfluousFlag(...given, named.name);
  return checkUsable({ kind: "weights", file, sha256, ...describeKnown(named) });
}

function notThoseWeights(
  file: string,
  sha256: string,
  { name, architecture, files }: KnownWeights,
  known: readonly KnownWeights[],
): RsadError {
  const other = findByHash(known, sha256);
  const path = shellWord(file);
  const error = (received: string, hint: string) =>
    new RsadError("RSAD_BACKBONE_INVALID", {
      subject: file,
      expected: `the weights ${name}, of SHA-256 ${files.map((candidate) => candidate.sha256).join(" or ")},`,
      received,
      hint,
    });
  if (other !== undefined) {
    const add = `\`rsad backbones add ${other.name} ${path}\``;
    return error(`the weights ${other.name}`, `Add them under their own name: ${add}.`);
  }
  if (isOnnx(file)) {
    const add = `\`rsad backbones add my_${name} ${path} --taps NAMES\``;
    return error(
      "an ONNX file, which cannot be those",
      `A network of your own gets another name: ${add}, with --channels, --scale, --mean and --std.`,
    );
  }
  const add = `\`rsad backbones add my_${name} ${path} --architecture ${architecture}\``;
  return error(
    `another file, of SHA-256 ${sha256}`,
    `The file is damaged, or holds other weights. Those of your own get another name: ${add}.`,
  );
}

function superfluousFlag(flag: string, received: string, name: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: `--${flag}`,
    expected: `no description of the known weights ${name}, which are added as what is known of them,`,
    received,
    hint: `Leave it out here. Taps and normalisation can be chosen when the backbone is used, for example \`rsad train DIR --backbone ${name} --taps NAMES\`.`,
  });
}

/** Copies a file and makes sure that the copy is what was looked at. */
async function copy(from: string, to: string, sha256: string, signal?: AbortSignal): Promise<void> {
  const hash = createHash("sha256");
  try {
    // What lies there may be a link.
    await rm(to, { force: true });
    const source = createReadStream(from);
    source.on("data", (chunk) => hash.update(chunk));
    await pipeline(source, createWriteStream(to, { flags: "wx", flush: true }), { signal });
  } catch (cause) {
    signal?.throwIfAborted();
    const { syscall } = cause as NodeJS.ErrnoException;
    throw fileError(cause, syscall === "read" ? from : to);
  }
  checkHash(from, sha256, hash.digest("hex"));
}

/** Throws RSAD_ARGUMENT_INVALID where what is there under the name is another file, or is described otherwise. */
function checkSame(name: string, there: StoredSpec, added: StoredSpec): void {
  const { source, sha256 } = there;
  if (isDeepStrictEqual({ ...there, file: "" }, { ...added, file: "" })) return;
  const otherwise = sha256 === added.sha256 ? ", described otherwise" : "";
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "the name of a backbone",
    expected: "a name that is free",
    received: `${name}, under which there is ${source ?? "another file"}, of SHA-256 ${sha256}${otherwise}`,
    hint: "Choose another name, or replace what is there with --force.",
  });
}

export function reservedName(): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "the name of a backbone",
    expected: `another name than ${EMBEDDED_NAME}`,
    received: EMBEDDED_NAME,
    hint: "That one comes along: it needs no file and cannot be removed.",
  });
}
