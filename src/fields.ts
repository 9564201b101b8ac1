import { didYouMean } from "./did-you-mean.ts";
import { RsadError } from "./errors.ts";

type Check = (value: unknown) => boolean;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isSource: Check = (value) => typeof value === "string" || value instanceof Uint8Array;
const hasImages = (value: unknown, split: "train" | "test") => isObject(value) && Array.isArray(value[split]);
const isImage: Check = (value) =>
  isObject(value) &&
  typeof value.width === "number" &&
  typeof value.height === "number" &&
  ArrayBuffer.isView(value.data);

/** What a field can hold: what errors call it, and what tells it. */
const KINDS = {
  text: ["a text", (value) => typeof value === "string"],
  number: ["a number", (value) => typeof value === "number"],
  flag: ["true or false", (value) => typeof value === "boolean"],
  function: ["a function", (value) => typeof value === "function"],
  object: ["an object", isObject],
  list: ["a list", Array.isArray],
  signal: ["an AbortSignal", (value) => value instanceof AbortSignal],
  path: ["a path", (value) => typeof value === "string"],
  source: ["the path of a file, or its bytes as a Uint8Array", isSource],
  dataset: ["a data set, as openDataset gives it", (value) => hasImages(value, "test")],
  address: [
    "an address, or the bytes of a file",
    (value) => isSource(value) || value instanceof URL || value instanceof ArrayBuffer,
  ],
  data: [
    "a data set's folder, or what openDataset gives",
    (value) => typeof value === "string" || hasImages(value, "train"),
  ],
  model: [
    "a model, as load gives it",
    (value) => isObject(value) && typeof value.score === "function" && isObject(value.metadata),
  ],
  image: ["an image, as decodeImage gives it", isImage],
} satisfies Readonly<Record<string, readonly [string, Check]>>;

type Kind = keyof typeof KINDS;

/** The kind of each field of a request or of options, with a question mark where it may be left out. */
export type Fields<T> = { readonly [Name in keyof T]-?: undefined extends T[Name] ? `${Kind}?` : Kind };

/**
 * Checks what callers without types may give to the function `of`: an object, all fields that it needs, each of its kind, and no
 * others. What the values mean is checked where they are used. Throws RSAD_ARGUMENT_INVALID.
 */
export function checkFields<T extends object>(of: string, given: T, fields: Fields<T>): void {
  const kinds = Object.entries<string>(fields);
  const needed = kinds.filter(([, kind]) => !kind.endsWith("?")).map(([name]) => name);
  const hint = needed.length === 0 ? `${of} needs nothing.` : `${of} needs ${needed.join(" and ")}.`;
  if (!isObject(given)) throw invalid(of, "an object with its fields", given, hint);
  const names = kinds.map(([name]) => name);
  const other = Object.keys(given).find((name) => !names.includes(name));
  if (other !== undefined) {
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject: of,
      expected: "none but its own fields",
      received: other,
      hint: `${didYouMean(other, names)}It has ${names.join(", ")}.`,
    });
  }
  for (const [name, kind] of kinds) {
    const value = given[name];
    if (value === undefined && kind.endsWith("?")) continue;
    const [expected, check] = KINDS[kind.replace("?", "") as Kind];
    if (!check(value)) throw invalid(`${of}'s ${name}`, expected, value, hint);
  }
}

function invalid(subject: string, expected: string, value: unknown, hint: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject,
    expected,
    received: kindOf(value),
    hint: value instanceof Promise ? "Is an await missing?" : hint,
  });
}

/** Never the value itself, which may be as large as an image. */
function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (typeof value !== "object") return `a ${typeof value}`;
  return `an object of the kind ${value.constructor?.name ?? "null"}`;
}
