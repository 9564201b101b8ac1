import {
  type BackboneInfo,
  fetchByHand,
  isHashWhole,
  type KnownFile,
  type Normalisation,
} from "../backbones/index.ts";
import { table } from "./table.ts";

/** The list of backbones, a row each. */
export function backboneTable(backbones: readonly BackboneInfo[]): string {
  const rows = backbones.map((backbone) => {
    const { name, architecture, state, licence, notice } = backbone;
    const here = { here: "yes", absent: "no", damaged: "damaged" }[state];
    return [name, architecture, sizeOf(backbone), here, `${licence}${notice === undefined ? "" : " *"}`];
  });
  return [
    table([["Name", "Architecture", "Size", "Here", "Licence"], ...rows], [0, 1, 3, 4]),
    "",
    "* The licence, or that of the training data, limits use: see rsad backbones info NAME.",
    "Get one that is not here by rsad backbones pull NAME, or rsad backbones add NAME FILE.",
  ].join("\n");
}

/** Everything about a backbone, a line each. */
export function describeInfo(backbone: BackboneInfo): string {
  const { name, architecture, trainedOn, source, licence, notice, taps, normalisation, sha256 } = backbone;
  const lines: [string, string | undefined][] = [
    ["Name", name],
    ["Architecture", architecture],
    ["Trained on", trainedOn],
    ["Source", source],
    ["Licence", licence],
    ["Limits", notice],
    ...whereabouts(backbone),
    ["SHA-256", sha256],
    ["Input", describeNormalisation(normalisation)],
    ["Taps", taps.map(({ name, channels, default: used }) => describeTap(name, channels, used)).join(", ")],
    ["", taps.some((tap) => tap.default) ? "* used where no taps are named" : undefined],
  ];
  return lines
    .filter(([, text]) => text !== undefined && text !== "")
    .map(([label, text]) => `${label.padEnd(13)} ${text}`)
    .join("\n");
}

/** What has to be known before the weights are used. */
export function limits(licence: string, notice: string): string {
  return `Licence: ${licence}\nLimits: ${notice}`;
}

function whereabouts({ name, state, file, bytes, downloads }: BackboneInfo): [string, string | undefined][] {
  const here: [string, string | undefined] =
    state === "here"
      ? ["Here", file === undefined ? "yes, it comes along" : `${file}, ${megabytes(bytes)}`]
      : ["Here", state === "absent" ? "no" : "damaged: pull or add it again, or remove it"];
  if (state === "here" || downloads[0] === undefined) return [here];
  return [
    here,
    ["Get it", `rsad backbones pull ${name}`],
    ["", `Without a network: ${fetchByHand(downloads[0], name)}`],
    ...downloads.map((download, i): [string, string] => [
      i === 0 ? "Download" : "or, as well,",
      `${download.url}, ${describeSize(download)}, SHA-256 ${describeHash(download)}`,
    ]),
  ];
}

function describeSize({ size }: KnownFile): string {
  return "bytes" in size ? `${size.bytes} bytes` : `about ${size.mebibytes} MiB`;
}

function describeHash(file: KnownFile): string {
  return isHashWhole(file)
    ? file.sha256
    : `${file.sha256}... (only these digits, which the file's name carries, are public; they are checked)`;
}

function describeNormalisation({ channels, scale, mean, std }: Normalisation): string {
  const factor = Number(scale.toPrecision(6));
  return `${channels.toUpperCase()}, (pixel 0..255 x ${factor} - [${mean.join(", ")}]) / [${std.join(", ")}]`;
}

function describeTap(name: string, channels: number | undefined, used: boolean): string {
  return `${name}${channels === undefined ? "" : ` (${channels} channels)`}${used ? " *" : ""}`;
}

function sizeOf({ bytes, downloads }: BackboneInfo): string {
  if (bytes !== undefined) return megabytes(bytes);
  const [file] = downloads;
  if (file === undefined) return "-";
  return megabytes("bytes" in file.size ? file.size.bytes : file.size.mebibytes * 2 ** 20);
}

function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? "-" : `${(bytes / 1e6).toFixed(1)} MB`;
}
